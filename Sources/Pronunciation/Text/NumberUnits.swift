/// What is written behind numbers, in words.
enum NumberUnits {
    private static let units: [String: (one: String, many: String)] = [
        "%": ("percent", "percent"), "°": ("degree", "degrees"), "°c": ("degree celsius", "degrees celsius"),
        "°f": ("degree fahrenheit", "degrees fahrenheit"), "¢": ("cent", "cents"),
        "km": ("kilometer", "kilometers"), "m": ("meter", "meters"), "cm": ("centimeter", "centimeters"),
        "mm": ("millimeter", "millimeters"), "kg": ("kilogram", "kilograms"), "g": ("gram", "grams"),
        "mg": ("milligram", "milligrams"), "l": ("liter", "liters"), "ml": ("milliliter", "milliliters"),
        "mi": ("mile", "miles"), "ft": ("foot", "feet"), "lb": ("pound", "pounds"), "lbs": ("pounds", "pounds"),
        "oz": ("ounce", "ounces"), "hr": ("hour", "hours"), "hrs": ("hours", "hours"), "min": ("minute", "minutes"),
        "mins": ("minutes", "minutes"), "sec": ("second", "seconds"), "k": ("thousand", "thousand"),
    ]

    /// The readings of a suffix; `nil` when it is no unit.
    ///
    /// "7pm" and "7p.m." read their letters as one word or as two.
    static func spoken(_ suffix: String, isOne: Bool) -> [[String]]? {
        let letters = suffix.filter { $0 != "." }
        if letters == "am" || letters == "pm" { return [[letters], letters.map(String.init)] }
        guard let unit = units[letters] else { return nil }
        return [(isOne ? unit.one : unit.many).split(separator: " ").map(String.init)]
    }
}
