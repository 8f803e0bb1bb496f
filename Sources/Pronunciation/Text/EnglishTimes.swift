/// Times of day as English words.
enum EnglishTimes {
    /// "three thirty", "half past three", "three o'clock"; empty when it is no time of day.
    static func readings(hour: Int, minute: Int) -> [[String]] {
        guard (0...24).contains(hour), (0..<60).contains(minute) else { return [] }
        let name = EnglishNumbers.cardinal(hour)
        switch minute {
        case 0: return [name + ["oclock"], name, name + ["hundred"]]
        case 1...9:
            let minutes = EnglishNumbers.cardinal(minute)
            return [name + ["oh"] + minutes, minutes + ["past"] + name, name + ["zero"] + minutes]
        default: return [name + EnglishNumbers.cardinal(minute)] + relative(hour: hour, minute: minute)
        }
    }

    private static func relative(hour: Int, minute: Int) -> [[String]] {
        let next = EnglishNumbers.cardinal(hour % 12 + 1)
        let name = EnglishNumbers.cardinal(hour)
        switch minute {
        case 15: return [["quarter", "past"] + name, ["a", "quarter", "past"] + name]
        case 30: return [["half", "past"] + name]
        case 45: return [["quarter", "to"] + next, ["a", "quarter", "to"] + next]
        case 31...: return [EnglishNumbers.cardinal(60 - minute) + ["to"] + next]
        default: return [EnglishNumbers.cardinal(minute) + ["past"] + name]
        }
    }
}
