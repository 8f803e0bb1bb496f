/// What phones and browsers record and libsndfile cannot read, by its first bytes; ffmpeg reads it.
enum ForeignContainer: CaseIterable {
    /// MP4, M4A, 3GP and QuickTime: iPhones, Android, Safari.
    case mp4
    /// WebM and Matroska: Chrome, Edge, Firefox.
    case matroska
    /// AAC frames one after another, without a container.
    case adts
    /// AMR, narrow or wide band.
    case amr

    init?(sniffing bytes: [UInt8]) {
        if bytes.dropFirst(4).starts(with: "ftyp".utf8) {
            self = .mp4
        } else if bytes.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) {
            self = .matroska
        } else if bytes.count > 1 && bytes[0] == 0xFF && bytes[1] & 0xF6 == 0xF0 {
            // Twelve bits of frame sync, then either MPEG version with layer 0, which MP3 never has.
            self = .adts
        } else if bytes.starts(with: "#!AMR".utf8) {
            self = .amr
        } else {
            return nil
        }
    }

    /// What people call it.
    var name: String {
        switch self {
        case .mp4: "MP4 audio (M4A or 3GP)"
        case .matroska: "WebM"
        case .adts: "AAC"
        case .amr: "AMR"
        }
    }

    /// ffmpeg's name for what reads it; naming it keeps ffmpeg from taking the file for a playlist or a script.
    var demuxer: String {
        switch self {
        case .mp4: "mov"
        case .matroska: "matroska"
        case .adts: "aac"
        case .amr: "amr"
        }
    }
}

extension ForeignContainer {
    /// How long the file must be, in bytes, for all that it has begun to be whole; `nil` where it does not say.
    ///
    /// More than there are: an upload was cut off, and must not be judged as if the learner had stopped speaking there.
    /// ffmpeg decodes what is left of some such files without a word. What cannot be seen is a cut between two pieces of
    /// a format without a length: WebM as browsers stream it, MP4 in fragments, AAC and AMR frames.
    func promisedBytes(in bytes: [UInt8]) -> Int? {
        switch self {
        case .mp4: MP4Boxes.promisedBytes(in: bytes)
        case .matroska: MatroskaElements.promisedBytes(in: bytes)
        case .adts: ADTSFrames.promisedBytes(in: bytes)
        case .amr: AMRFrames.promisedBytes(in: bytes)
        }
    }
}
