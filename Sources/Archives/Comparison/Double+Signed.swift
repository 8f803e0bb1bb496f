import Reports

extension Double {
    /// With its sign: `+3.2`, `−1`, `0`.
    package func signed(decimals: Int = 1) -> String {
        let text = plain(decimals: decimals)
        if text == "0" { return text }
        return text.hasPrefix("-") ? "−" + text.dropFirst() : "+" + text
    }
}
