package import Documents
package import SpeakModel

/// What a job comes to: everything that the runtime commits, at once or not at all.
package struct Outcome: Sendable {
    /// Plans the writes from the rows as they are now.
    ///
    /// The runtime plans again when another writer changed a row between plan and commit, so every write that depends
    /// on what was read must carry the condition that this is still so.
    /// - Parameter earlier: How many plans for the same outcome have come to nothing.
    package typealias Plan = @Sendable (_ documents: any DocumentStore, _ earlier: Int) async throws -> [DocumentWrite]

    /// Where the audio is; it becomes AsyncJobStatus.audio_url.
    package var audioURL: String?
    /// A few figures for whoever waits for the job; they become AsyncJobStatus.result.
    package var result: Item
    package var plan: Plan
    /// Jobs to enqueue before this one completes.
    ///
    /// Their ids must depend on this job's alone: they may be sent twice.
    package var followUps: [JobDocument]

    package init(
        audioURL: String? = nil, result: Item = [:], followUps: [JobDocument] = [],
        plan: @escaping Plan = { _, _ in [] }
    ) {
        self.audioURL = audioURL
        self.result = result
        self.followUps = followUps
        self.plan = plan
    }
}
