import SpeakModel
import Synchronization

/// Moments as HTTP writes them (RFC 9110, section 5.6.7).
enum HTTPDate {
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static let latest = Mutex((second: Int64.min, text: ""))

    /// The present moment, written once a second.
    static var now: String {
        let moment = Timestamp.now()
        return latest.withLock { latest in
            if latest.second != moment.epochSeconds { latest = (moment.epochSeconds, text(moment)) }
            return latest.text
        }
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT`.
    static func text(_ moment: Timestamp) -> String {
        let iso = Array(moment.iso8601.utf8)
        func part(_ start: Int, _ count: Int) -> String {
            String(decoding: iso[start..<(start + count)], as: UTF8.self)
        }
        let day = Int(moment.epochSeconds / 86_400) % 7
        let month = (Int(part(5, 2)) ?? 1) - 1
        return "\(days[(day + 7) % 7]), \(part(8, 2)) \(months[month]) \(part(0, 4)) \(part(11, 8)) GMT"
    }

    /// Reads the form above, the two obsolete ones of HTTP, and ISO 8601.
    static func moment(_ text: String) -> Timestamp? {
        if let moment = Timestamp(iso8601: text) { return moment }
        let words = text.split { $0 == " " || $0 == "," || $0 == "-" }.map(String.init)
        switch words.count {
        case 6: return moment(day: words[1], month: words[2], year: words[3], time: words[4])
        case 5: return moment(day: words[2], month: words[1], year: words[4], time: words[3])
        default: return nil
        }
    }

    private static func moment(day: String, month: String, year: String, time: String) -> Timestamp? {
        guard let month = months.firstIndex(of: month), let day = Int(day), let year = Int(year) else { return nil }
        // Two digits are of the last hundred years or so (RFC 850).
        let whole = year < 70 ? year + 2000 : year < 100 ? year + 1900 : year
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return Timestamp(iso8601: "\(whole)-\(two(month + 1))-\(two(day))T\(time)Z")
    }
}
