extension Double {
    /// As people write it: rounded, without trailing zeros and without `-0`.
    ///
    /// - Parameter decimals: 0...6.
    package func plain(decimals: Int) -> String {
        let scale = (0..<decimals).reduce(1.0) { product, _ in product * 10 }
        let scaled = (self * scale).rounded()
        guard scaled.isFinite, abs(scaled) < 1e15 else { return description }
        let digits = String(Int(abs(scaled)))
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        var fraction = Substring(padded.suffix(decimals))
        while fraction.last == "0" { fraction.removeLast() }
        let whole = padded.dropLast(decimals)
        return (scaled < 0 ? "-" : "") + whole + (fraction.isEmpty ? "" : "." + fraction)
    }
}
