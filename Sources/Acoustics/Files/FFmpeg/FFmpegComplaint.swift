/// What ffmpeg had to say, in a form fit for people.
struct FFmpegComplaint {
    /// One sentence of at most 200 characters.
    let text: String
    /// There is no sound in the file.
    let isMissingTrack: Bool

    init(_ bytes: [UInt8]) {
        let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).map(Self.readable)
        isMissingTrack = lines.contains { $0.contains("matches no streams") }
        text = lines.first { !$0.isEmpty && !Self.isNoise($0) } ?? "ffmpeg gave no reason."
    }

    /// Without the decoder's name and address in front, and the name that the file has for ffmpeg.
    private static func readable(_ line: Substring) -> String {
        var rest = line.drop { $0 == " " }
        if rest.hasPrefix("["), let end = rest.firstRange(of: "] ") { rest = rest[end.upperBound...] }
        if rest.hasPrefix("/dev/fd/3: ") { rest = rest.dropFirst("/dev/fd/3: ".count) }
        return String(
            String.UnicodeScalarView(rest.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }.prefix(200)))
    }

    /// A video track whose codec is not let in is no reason to complain; the sound beside it is read.
    private static func isNoise(_ line: String) -> Bool {
        line.contains("not on whitelist") || line.hasPrefix("Last message repeated")
    }
}
