internal import Foundation
internal import Synchronization

/// Numbers as Korean words: Sino-Korean for dates, money and minutes, native for hours, ages and things counted.
enum KoreanNumbers {
    private static let speller = Mutex(Speller.make(locale: "ko_KR"))

    /// Every way to say a number before a counter or alone, the most usual first; one token each.
    static func readings(_ number: Int) -> [String] {
        [sino(number)] + native(number)
    }

    /// 2025 is 이천이십오.
    static func sino(_ number: Int) -> String {
        speller.withLock { Speller.spell(number, with: $0) }.filter { $0 != " " }
    }

    /// 3 is 세 before a counter and 셋 alone; empty outside 1...99, where no native numerals are in use.
    static func native(_ number: Int) -> [String] {
        guard (1...99).contains(number) else { return [] }
        let tens = ["", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔"][number / 10]
        let counting = ["", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉"][number % 10]
        let alone = ["", "하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉"][number % 10]
        if number == 20 { return ["스무", "스물"] }
        return counting == alone ? [tens + counting] : [tens + counting, tens + alone]
    }

    /// 3.5 is 삼점오; digits after the point are read one by one.
    static func decimal(whole: Int, fraction: some StringProtocol) -> String {
        sino(whole) + "점" + digits(fraction)
    }

    /// Digit by digit, zero as 공.
    static func digits(_ digits: some StringProtocol) -> String {
        digits.compactMap(\.wholeNumberValue).map { $0 == 0 ? "공" : sino($0) }.joined()
    }
}
