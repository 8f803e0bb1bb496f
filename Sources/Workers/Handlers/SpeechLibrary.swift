package import Acoustics
import Crypto
package import Objects
package import SpeakModel
package import Speech

/// Spoken texts in the object store, each under a key that its request alone decides.
///
/// The same request is spoken once; espeak-ng's output differs a little from run to run, so the audio itself cannot
/// serve as the key.
package struct SpeechLibrary: Sendable {
    package struct Entry: Hashable, Sendable {
        package let key: String
        package let marksKey: String
        package let durationInMilliseconds: Int
    }

    private let synthesizer: any SpeechSynthesizer
    private let objects: any ObjectStore
    private let now: @Sendable () -> Timestamp

    package init(
        synthesizer: any SpeechSynthesizer, objects: any ObjectStore, now: @escaping @Sendable () -> Timestamp
    ) {
        self.synthesizer = synthesizer
        self.objects = objects
        self.now = now
    }

    /// What is older is put anew, so that it outlives the rows that name it.
    private static let longestReuse = Provisioning.speechLifetime - Duration.days(9)

    /// Finds the text's audio and marks, or speaks it and stores both.
    package func entry(for request: SpeechRequest, as format: AudioFormat) async throws -> Entry {
        let name = "tts/" + Self.digest(of: request, format)
        let (key, marksKey) = ("\(name).\(format.fileExtension)", "\(name).marks.json")
        if let duration = try await storedDuration(key),
            try await objects.head(marksKey, in: Provisioning.bucket) != nil
        {
            return Entry(key: key, marksKey: marksKey, durationInMilliseconds: duration)
        }
        let spoken = try await synthesizer.speak(request)
        let marks = NewObject(
            key: marksKey, bytes: Array(spoken.marksText.utf8), contentType: "application/x-json-stream")
        let audio = NewObject(
            key: key, bytes: try spoken.encoded(as: format), contentType: format.contentType,
            metadata: [Self.durationKey: String(spoken.durationInMilliseconds)])
        try await objects.put([marks, audio], in: Provisioning.bucket)
        return Entry(key: key, marksKey: marksKey, durationInMilliseconds: spoken.durationInMilliseconds)
    }

    private func storedDuration(_ key: String) async throws -> Int? {
        guard let info = try await objects.head(key, in: Provisioning.bucket),
            now() - info.modifiedAt < Self.longestReuse
        else { return nil }
        return info.metadata[Self.durationKey].flatMap { Int($0) }
    }

    /// Speaks a text for measuring only.
    package func waveform(for request: SpeechRequest) async throws -> Waveform {
        try await synthesizer.speak(request).waveform
    }

    private static let durationKey = "duration-ms"

    /// Changes when what is spoken changes: with every field of the request, and with this revision of our synthesis.
    private static func digest(of request: SpeechRequest, _ format: AudioFormat) -> String {
        let fields = [
            "1", request.voice.id, String(request.rate), request.textType.rawValue, format.rawValue, request.text,
        ]
        return SHA256.hash(data: Array(fields.joined(separator: "\u{0}").utf8)).prefix(16)
            .map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}

extension SpeechLibrary.Entry {
    package var url: String { "s3://\(Provisioning.bucket)/\(key)" }
}
