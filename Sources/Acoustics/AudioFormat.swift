/// The formats that speech is stored in.
///
/// Raw values are Amazon Polly's names where Polly has one.
package enum AudioFormat: String, CaseIterable, Sendable {
    case mp3
    case oggOpus = "ogg_opus"
    case flac
    case wav

    /// The HTTP `Content-Type`.
    package var contentType: String {
        switch self {
        case .mp3: "audio/mpeg"
        case .oggOpus: "audio/ogg"
        case .flac: "audio/flac"
        case .wav: "audio/wav"
        }
    }

    /// The ending of a file's name, without the dot.
    package var fileExtension: String {
        switch self {
        case .mp3: "mp3"
        case .oggOpus: "ogg"
        case .flac: "flac"
        case .wav: "wav"
        }
    }
}
