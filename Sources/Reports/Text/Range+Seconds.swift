extension Range<Int> {
    /// A span of milliseconds as in `0.51–0.98 s`.
    var secondsText: String {
        [lowerBound, upperBound].map { (Double($0) / 1000).plain(decimals: 2) }.joined(separator: "–") + " s"
    }
}
