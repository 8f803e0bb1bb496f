/// Reads a word with digits the Korean way: "3시" is 세시 or 삼시, "5,000원" is 오천원.
enum KoreanNumberReadings {
    static func readings(of shape: NumberShape) -> [[String]] {
        let suffixes = shape.suffix == "%" ? ["퍼센트", "프로"] : [shape.suffix.filter(\.isLetter)]
        let tail = shape.prefix == "₩" ? ["원"] : suffixes
        return numbers(shape.body).flatMap { number in tail.map { number + $0 } }.map { [$0] } + times(shape)
    }

    private static func numbers(_ body: String) -> [String] {
        if let number = NumberShape.wholeNumber(body) {
            return KoreanNumbers.readings(number) + (body.count > 1 ? [KoreanNumbers.digits(body)] : [])
        }
        let runs = body.split(separator: ".")
        guard runs.count == 2, let whole = NumberShape.wholeNumber(String(runs[0])), runs[1].count <= 20 else {
            return []
        }
        return [KoreanNumbers.decimal(whole: whole, fraction: runs[1])]
    }

    /// "7:30에" is 일곱시 삼십분에.
    private static func times(_ shape: NumberShape) -> [[String]] {
        let runs = shape.body.split(separator: ":")
        guard runs.count == 2, let hour = Int(runs[0]), let minute = Int(runs[1]), (1...12).contains(hour), minute < 60
        else { return [] }
        let suffix = shape.suffix.filter(\.isLetter)
        let hourWord = KoreanNumbers.native(hour)[0] + "시"
        if minute == 0 { return [[hourWord + suffix]] }
        let half = minute == 30 ? [[hourWord, "반" + suffix]] : []
        return [[hourWord, KoreanNumbers.sino(minute) + "분" + suffix]] + half
    }
}
