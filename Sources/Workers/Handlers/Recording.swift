package import Acoustics
package import Objects

/// A learner's recording, read and found fit to be measured.
package struct Recording: Sendable {
    package let waveform: Waveform
    package let activity: SpeechActivity
    /// Milliseconds from the recording's start to the first speech.
    package let responseLatencyInMilliseconds: Int

    /// Reads a recording from the store.
    ///
    /// - Throws: What ``init(decoding:)`` throws, or an `ObjectError`.
    package init(at key: String, from objects: any ObjectStore) async throws {
        try self.init(decoding: try await objects.get(key, in: Provisioning.bucket).body)
    }

    /// - Parameter bytes: A file in any format that `AudioDecoder` reads.
    /// - Throws: ``JobFailure/giveUp(reason:)`` in words a learner understands, for one that is silent, clipped, too
    ///   short or too long; an `AudioError` for one that cannot be read.
    package init(decoding bytes: [UInt8]) throws {
        waveform = try Self.decoded(bytes)
        activity = try SpeechActivity.detect(in: waveform)
        if let refusal = RecordingQuality.refusal(of: waveform, activity: activity) {
            throw JobFailure.giveUp(reason: refusal.reason)
        }
        guard let latency = activity.responseLatencyInMilliseconds else {
            preconditionFailure("A recording without speech was not refused.")
        }
        responseLatencyInMilliseconds = latency
    }

    private static func decoded(_ bytes: [UInt8]) throws -> Waveform {
        do {
            return try AudioDecoder.decode(bytes)
        } catch AudioError.tooLong {
            throw JobFailure.giveUp(reason: RecordingRefusal.tooLong(milliseconds: nil).reason)
        }
    }
}
