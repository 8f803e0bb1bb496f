/// Which trace a piece of work belongs to, and whose part it is.
///
/// Source: W3C Recommendation, "Trace Context" (2021), section 3.2: `00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01`.
package struct TraceParent: Hashable, Sendable {
    /// The name of the header, and of the message attribute that carries it.
    package static let name = "traceparent"

    /// 32 lower-case hexadecimal digits, not all of them zero.
    package let traceID: String
    /// 16 lower-case hexadecimal digits, not all of them zero.
    package let parentID: String
    /// Two hexadecimal digits.
    package let flags: String

    /// Reads a header.
    ///
    /// - Returns: `nil` for what the recommendation tells to ignore. Of a later version the known parts are read.
    package init?(parsing text: String) {
        let parts = text.split(separator: Character("-"), omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 4, Self.isHexadecimal(parts[0], 2), parts[0] != "ff",
            parts[0] != "00" || parts.count == 4,
            Self.isHexadecimal(parts[1], 32), Self.isHexadecimal(parts[2], 16), Self.isHexadecimal(parts[3], 2)
        else { return nil }
        self.init(traceID: parts[1], parentID: parts[2], flags: parts[3])
    }

    /// - Returns: `nil` for an id that is none.
    package init?(traceID: String, parentID: String, flags: String = "01") {
        guard Self.isHexadecimal(traceID, 32), traceID.contains(where: { $0 != "0" }),
            Self.isHexadecimal(parentID, 16), parentID.contains(where: { $0 != "0" })
        else { return nil }
        (self.traceID, self.parentID, self.flags) = (traceID, parentID, flags)
    }

    private init(random: inout some RandomNumberGenerator, traceID: String?, flags: String) {
        self.traceID = traceID ?? Self.digits(&random) + Self.digits(&random)
        parentID = Self.digits(&random)
        self.flags = flags
    }

    /// A trace that begins here.
    package static func beginning() -> TraceParent {
        var random = SystemRandomNumberGenerator()
        return TraceParent(random: &random, traceID: nil, flags: "01")
    }

    /// The next part of the same trace.
    package func child() -> TraceParent {
        var random = SystemRandomNumberGenerator()
        return TraceParent(random: &random, traceID: traceID, flags: flags)
    }

    package var header: String { "00-\(traceID)-\(parentID)-\(flags)" }

    private static func isHexadecimal(_ text: String, _ length: Int) -> Bool {
        text.utf8.count == length
            && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    private static func digits(_ random: inout some RandomNumberGenerator) -> String {
        let text = String(UInt64.random(in: 1...UInt64.max, using: &random), radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }
}
