/// What a file that libsndfile reads is by its first bytes.
///
/// Only these four are handed to it. It knows two dozen more, old and rarely tested, that no learner's phone records;
/// what phones and browsers do record besides is a ``ForeignContainer``.
enum AudioContainer: CaseIterable {
    case wav
    case flac
    case ogg
    case mp3

    init?(sniffing bytes: [UInt8]) {
        func begins(_ text: String, at offset: Int = 0) -> Bool { bytes.dropFirst(offset).starts(with: text.utf8) }
        if begins("RIFF") && begins("WAVE", at: 8) {
            self = .wav
        } else if begins("fLaC") {
            self = .flac
        } else if begins("OggS") {
            self = .ogg
        } else if begins("ID3") || bytes.count > 1 && bytes[0] == 0xFF && bytes[1] & 0xE6 == 0xE2 {
            // The second: eleven bits of frame sync, then any version with layer III.
            self = .mp3
        } else {
            return nil
        }
    }
}
