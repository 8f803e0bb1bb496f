/// Turns text into speech that knows when each word is said.
package protocol SpeechSynthesizer: Sendable {
    /// - Throws: ``SpeechError``, and `CancellationError` when the task was cancelled before its turn came.
    func speak(_ request: SpeechRequest) async throws -> SpokenText
}
