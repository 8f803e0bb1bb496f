internal import Foundation

/// Keeps Latin letters in Korean text from leading espeak-ng astray.
///
/// Its Korean reads them with the English rules, and 1.51 goes on using rules it has freed when it meets an accented
/// letter there, or a Latin one after Hangul and a mark (`뭐?OK`; seen under valgrind). So accents go, and a space
/// comes before such a letter.
enum KoreanRendering {
    static func safe(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { WritingSystem(of: $0) == .latin }) else { return text }
        var result = ""
        var last: WritingSystem?
        var isAfterMark = false
        for scalar in text.unicodeScalars where scalar.properties.generalCategory != .nonspacingMark {
            let system = WritingSystem(of: scalar)
            if system == .latin, last == .hangul, isAfterMark { result += " " }
            result += system == .latin ? withoutAccent(scalar) : String(scalar)
            isAfterMark = system == nil
            last = system ?? last
        }
        return result
    }

    /// `e` for `é`; letters that are not made of one and an accent (`ł`) stay as they are.
    private static func withoutAccent(_ scalar: Unicode.Scalar) -> String {
        guard !scalar.isASCII else { return String(scalar) }
        let base = String(scalar).decomposedStringWithCanonicalMapping.unicodeScalars.first ?? scalar
        return String(base.isASCII ? base : scalar)
    }
}
