/// Sums of money as English words.
enum EnglishMoney {
    struct Currency {
        let one: String
        let many: String
        let cent: String
        let cents: String
    }

    static let currencies: [Character: Currency] = [
        "$": Currency(one: "dollar", many: "dollars", cent: "cent", cents: "cents"),
        "€": Currency(one: "euro", many: "euros", cent: "cent", cents: "cents"),
        "£": Currency(one: "pound", many: "pounds", cent: "penny", cents: "pence"),
        "₩": Currency(one: "won", many: "won", cent: "jeon", cents: "jeon"),
        "¥": Currency(one: "yen", many: "yen", cent: "sen", cents: "sen"),
    ]

    /// A whole sum: "five dollars".
    static func sums(_ number: Int, _ currency: Currency) -> [[String]] {
        let name = number == 1 ? currency.one : currency.many
        return EnglishNumbers.cardinals(number).map { $0 + [name] }
    }

    /// "five dollars and fifty cents", with and without "and" and "cents", or "five fifty".
    ///
    /// - Parameter fraction: The digits after the point; two of them are cents, any other number is read as a decimal.
    static func sums(whole: String, fraction: String, _ currency: Currency) -> [[String]] {
        let decimals = EnglishNumbers.decimals(whole: whole, fraction: fraction).map { $0 + [currency.many] }
        guard fraction.count == 2, let cents = Int(fraction), let number = Int(whole) else { return decimals }
        if cents == 0 { return sums(number, currency) }
        let small = EnglishNumbers.cardinal(cents)
        let smallName = cents == 1 ? currency.cent : currency.cents
        if number == 0 { return [small + [smallName]] + decimals }
        let large = EnglishNumbers.cardinal(number)
        let name = number == 1 ? currency.one : currency.many
        return [
            large + [name, "and"] + small + [smallName], large + [name] + small + [smallName], large + [name] + small,
            large + small,
        ] + decimals
    }
}
