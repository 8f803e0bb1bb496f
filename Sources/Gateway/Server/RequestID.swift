import Signing
import Synchronization

/// Names of requests, for answers and logs: each another, in the form of a UUID.
///
/// The first half is random and the process's own, the second counts.
enum RequestID {
    private static let start: String = {
        let digits = (0..<8).map { _ in UInt8.random(in: 0...255) }.hexadecimal
        let parts = [digits.prefix(8), digits.dropFirst(8).prefix(4), digits.suffix(4)]
        return parts.joined(separator: "-")
    }()
    private static let count = Atomic<UInt64>(0)

    static func next() -> String {
        let number = count.wrappingAdd(1, ordering: .relaxed).newValue
        let digits = withUnsafeBytes(of: number.bigEndian) { $0.hexadecimal }.utf8
        return "\(start)-\(Substring(digits.prefix(4)))-\(Substring(digits.dropFirst(4)))"
    }
}
