extension MessageAttribute {
    /// Checks an attribute by the rules of SQS.
    ///
    /// Source: "Amazon SQS message metadata" in the Amazon SQS developer guide.
    ///
    /// - Throws: ``QueueError/outOfRange(parameter:value:allowed:)``.
    package func check(name: String) throws(QueueError) {
        guard Self.isGood(name: name) else {
            throw .outOfRange(
                parameter: "the name of a message attribute", value: name,
                allowed:
                    "1 to 256 letters, digits, hyphens, underscores and single inner periods, not starting with AWS. or Amazon."
            )
        }
        try QueueLimits.attributeNameBytes.check(dataType.utf8.count, "the length of the type of attribute \(name)")
        if value.isEmpty {
            throw .outOfRange(parameter: "attribute \(name)", value: "empty", allowed: "at least one byte")
        }
        try checkValue(name: name)
    }

    private func checkValue(name: String) throws(QueueError) {
        switch dataType.prefix(while: { $0 != "." }) {
        case "String": try MessageText.check(value, "attribute \(name)")
        case "Number":
            guard Self.isNumber(value) else {
                throw .outOfRange(
                    parameter: "attribute \(name)", value: String(decoding: value.prefix(64), as: UTF8.self),
                    allowed: "a decimal number of at most 38 digits")
            }
        case "Binary": break
        default:
            throw .outOfRange(
                parameter: "the type of attribute \(name)", value: dataType,
                allowed: "String, Number or Binary, with a label behind a period")
        }
    }

    private static func isGood(name: String) -> Bool {
        let bytes = Array(name.utf8)
        let lower = name.lowercased()
        return QueueLimits.attributeNameBytes.contains(bytes.count)
            && bytes.allSatisfy { $0.isASCIIAlphanumeric || "-_.".utf8.contains($0) }
            && !name.hasPrefix(".") && !name.hasSuffix(".") && !name.contains("..")
            && !lower.hasPrefix("aws.") && !lower.hasPrefix("amazon.")
    }

    /// Sign, digits with a period among them, exponent; at most 38 digits between the zeros at either end.
    private static func isNumber(_ bytes: [UInt8]) -> Bool {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let match = text.wholeMatch(of: #/[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?/#) else {
            return false
        }
        let digits = match.1.filter { $0 != "." }.drop { $0 == "0" }
        return digits.reversed().drop { $0 == "0" }.count <= 38
    }
}
