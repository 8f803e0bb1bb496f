internal import Foundation

/// Foundation's spell-out number formatter, which ICU's rules drive.
enum Speller {
    static func make(locale identifier: String) -> NumberFormatter {
        let formatter = NumberFormatter()
        formatter.locale = Locale(identifier: identifier)
        formatter.numberStyle = .spellOut
        return formatter
    }

    static func spell(_ number: Int, with formatter: NumberFormatter) -> String {
        guard let words = formatter.string(from: NSNumber(value: number)) else {
            preconditionFailure("ICU spells every whole number out")
        }
        return words
    }
}
