internal import Foundation

/// The attribute values of Polly's tags, checked, in the forms that espeak-ng reads without surprises:
/// pauses in whole milliseconds (it reads `1.5s` as 1 ms), everything else in percent (it reads `+6dB` as 6 %).
enum SSMLValues {
    private static let longestPauseInMilliseconds = 10_000.0

    static func required(_ name: String, of tag: MarkupTag) throws(SpeechError) -> String {
        guard let value = tag.attributes[name], !value.isEmpty else {
            let reason = "<\(tag.name)> lacks the attribute \(name)"
            throw .malformedSSML(reason: reason, byteOffset: tag.bytes.lowerBound)
        }
        return value
    }

    /// Pauses by strength: none at all, then about those of a comma, a full stop and a paragraph.
    static func pauseInMilliseconds(of tag: MarkupTag) throws(SpeechError) -> Int {
        if let time = tag.attributes["time"] {
            guard let pause = milliseconds(time), (0...longestPauseInMilliseconds).contains(pause) else {
                throw unsupported("time", of: tag)
            }
            return Int(pause.rounded())
        }
        switch tag.attributes["strength"] ?? "medium" {
        case "none", "x-weak": return 0
        case "weak", "medium": return 200
        case "strong": return 400
        case "x-strong": return 800
        default: throw unsupported("strength", of: tag)
        }
    }

    static func emphasis(of tag: MarkupTag) throws(SpeechError) -> String {
        let level = tag.attributes["level"] ?? "moderate"
        guard ["strong", "moderate", "reduced", "none"].contains(level) else { throw unsupported("level", of: tag) }
        return level
    }

    /// The tag `<prosody>` for espeak-ng.
    static func prosody(of tag: MarkupTag) throws(SpeechError) -> String {
        var result = "<prosody"
        if let rate = tag.attributes["rate"] {
            let words = ["x-slow": 60.0, "slow": 80, "medium": 100, "default": 100, "fast": 125, "x-fast": 160]
            let percentage = words[rate] ?? percent(rate)
            guard let percentage, (20...200).contains(percentage) else { throw unsupported("rate", of: tag) }
            result += " rate=\"\(Int(percentage))%\""
        }
        if let pitch = tag.attributes["pitch"] {
            let words = ["x-low": 70.0, "low": 85, "medium": 100, "default": 100, "high": 110, "x-high": 120]
            let percentage = words[pitch] ?? percent(pitch)
            guard let percentage, (50...150).contains(percentage) else { throw unsupported("pitch", of: tag) }
            result += " pitch=\"\(Int(percentage))%\""
        }
        if let volume = tag.attributes["volume"] {
            let words = [
                "silent": 0.0, "x-soft": 30, "soft": 65, "medium": 100, "default": 100, "loud": 150, "x-loud": 200,
            ]
            let percentage = words[volume] ?? decibels(volume)
            guard let percentage, (0...200).contains(percentage) else { throw unsupported("volume", of: tag) }
            result += " volume=\"\(Int(percentage))%\""
        }
        return result + ">"
    }

    /// `80%`, `+20%`, `-10%`.
    private static func percent(_ text: String) -> Double? {
        guard text.hasSuffix("%"), let number = number(text.dropLast()) else { return nil }
        return text.hasPrefix("+") || text.hasPrefix("-") ? 100 + number : number
    }

    /// `+6dB` as 200: an amplitude in percent.
    ///
    /// Louder than that would be clipped, so it is no louder.
    private static func decibels(_ text: String) -> Double? {
        guard text.hasSuffix("dB"), let level = number(text.dropLast(2)) else { return nil }
        return min(200, 100 * pow(10, level / 20))
    }

    private static func milliseconds(_ text: String) -> Double? {
        if text.hasSuffix("ms") { return number(text.dropLast(2)) }
        if text.hasSuffix("s") { return number(text.dropLast()).map { $0 * 1_000 } }
        return nil
    }

    /// A plain decimal number: no `inf`, no `nan`, no exponent.
    private static func number(_ text: some StringProtocol) -> Double? {
        guard text.utf8.allSatisfy({ "+-.0123456789".utf8.contains($0) }) else { return nil }
        return Double(String(text))
    }

    private static func unsupported(_ name: String, of tag: MarkupTag) -> SpeechError {
        let value = tag.attributes[name] ?? ""
        return .unsupportedSSML("<\(tag.name) \(name)=\"\(value)\">", byteOffset: tag.bytes.lowerBound)
    }
}
