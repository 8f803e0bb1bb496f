import SpeakModel

extension Timestamp {
    /// Reads `Wed, 21 Oct 2015 07:28:00 GMT` (RFC 9110, section 5.6.7).
    init?(httpDate text: String) {
        let pattern = #/\w{3}, (\d{2}) (\w{3}) (\d{4}) (\d{2}:\d{2}:\d{2}) GMT/#
        guard let match = text.wholeMatch(of: pattern)?.output,
            let month = Self.months.firstIndex(of: String(match.2))
        else { return nil }
        self.init(iso8601: "\(match.3)-\(month < 9 ? "0" : "")\(month + 1)-\(match.1)T\(match.4)Z")
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
