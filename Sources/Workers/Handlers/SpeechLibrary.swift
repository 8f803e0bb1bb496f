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
    private let links: AudioLinks
    private let now: @Sendable () -> Timestamp

    /// How old audio may be that a new row names: a day younger than audio that may be swept, so that the row is there
    /// before.
    private static let reusableAge = AudioSweeper.age - .days(1)

    package init(
        synthesizer: any SpeechSynthesizer, objects: any ObjectStore, links: AudioLinks = .onThisMachine,
        now: @escaping @Sendable () -> Timestamp = Timestamp.now
    ) {
        self.synthesizer = synthesizer
        self.objects = objects
        self.links = links
        self.now = now
    }

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

    /// Where an entry's audio plays.
    package func url(of entry: Entry) -> String { links.url(ofObjectAt: entry.key, at: now()) }

    private func storedDuration(_ key: String) async throws -> Int? {
        guard let info = try await objects.head(key, in: Provisioning.bucket),
            now() - info.modifiedAt < Self.reusableAge
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
