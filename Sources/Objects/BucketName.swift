/// A bucket's name that keeps to S3's rules, and is therefore also harmless as a folder's name.
///
/// Source: Amazon S3 User Guide, "General purpose bucket naming rules".
package struct BucketName: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    /// - Throws: ``ObjectError/badBucketName(_:)``.
    package init(_ text: String) throws(ObjectError) {
        guard Self.flaw(in: text) == nil else { throw .badBucketName(text) }
        description = text
    }
}

extension BucketName {
    static let lengthsInBytes = 3...63
    static let reservedPrefixes = ["xn--", "sthree-", "amzn-s3-demo-"]
    static let reservedSuffixes = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"]

    /// What is wrong with a name, to stand after "it", or `nil`.
    static func flaw(in name: String) -> String? {
        flawOfForm(in: Array(name.utf8)) ?? flawOfMeaning(in: name)
    }

    private static func flawOfForm(in bytes: [UInt8]) -> String? {
        guard lengthsInBytes.contains(bytes.count) else {
            let (shortest, longest) = (lengthsInBytes.lowerBound, lengthsInBytes.upperBound)
            return "has \(bytes.count) bytes where \(shortest) to \(longest) are allowed"
        }
        guard bytes.allSatisfy({ isLetterOrDigit($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }) else {
            return "may have only lowercase letters, digits, dots and hyphens"
        }
        guard isLetterOrDigit(bytes[0]), isLetterOrDigit(bytes[bytes.count - 1]) else {
            return "must begin and end with a letter or a digit"
        }
        return nil
    }

    private static func flawOfMeaning(in name: String) -> String? {
        if name.contains("..") { return "may not have two dots side by side" }
        if isFormedLikeIPAddress(name) { return "may not look like an IP address" }
        if let prefix = reservedPrefixes.first(where: name.hasPrefix) { return "may not start with \(prefix)" }
        if let suffix = reservedSuffixes.first(where: name.hasSuffix) { return "may not end with \(suffix)" }
        return nil
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    /// Four groups of digits, whatever their size: 999.1.1.1 is refused too.
    private static func isFormedLikeIPAddress(_ name: String) -> Bool {
        let groups = name.split(separator: ".", omittingEmptySubsequences: false)
        return groups.count == 4 && groups.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isNumber) }
    }
}
