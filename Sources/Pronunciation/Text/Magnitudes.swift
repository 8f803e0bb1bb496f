/// Words whose reading depends on the number beside them: "$5 million" is five million dollars, "5 km" five kilometers.
enum Magnitudes {
    private static let names: Set = ["hundred", "thousand", "million", "billion", "trillion"]

    static func readings(of folded: String, before: String, next: String) -> [[String]] {
        if names.contains(folded), let currency = currency(of: before) { return [[folded, currency.many]] }
        if names.contains(next), currency(of: folded) != nil {
            return NumberReadings.readings(of: folded.filter { $0.isASCIIDigit || ".,".contains($0) }, isKorean: false)
        }
        guard before.last?.isASCIIDigit == true, !folded.contains(where: \.isASCIIDigit) else { return [] }
        return NumberUnits.spoken(folded, isOne: before == "1") ?? []
    }

    private static func currency(of folded: String) -> EnglishMoney.Currency? {
        guard folded.contains(where: \.isASCIIDigit) else { return nil }
        return folded.first.flatMap { EnglishMoney.currencies[$0] }
    }
}
