import Foundation
import Objects
import SpeakModel
import XML

/// A bucket's rules of expiry, as requests write them.
///
/// What they say of other storage classes and of old versions, which are not there, is kept and does nothing.
enum LifecycleDocument {
    static func rules(in document: XMLElement) throws(AWSError) -> [LifecycleRule] {
        guard document.name == "LifecycleConfiguration" else { throw .malformedXML }
        let elements = document.all("Rule")
        guard (1...1000).contains(elements.count) else { throw .malformedXML }
        var rules: [LifecycleRule] = []
        for (index, element) in elements.enumerated() {
            let rule = try rule(element, number: index + 1)
            guard !rules.contains(where: { $0.id == rule.id }) else {
                throw .invalidArgument("Rule ID must be unique. Found same ID for more than one rule")
            }
            rules.append(rule)
        }
        return rules
    }

    private static func rule(_ element: XMLElement, number: Int) throws(AWSError) -> LifecycleRule {
        let status = element.text("Status")
        guard status == "Enabled" || status == "Disabled" else { throw .malformedXML }
        let id = element.text("ID") ?? "rule-\(number)"
        guard id.utf8.count <= 255 else { throw .invalidArgument("ID length should not exceed allowed limit of 255") }
        var rule = LifecycleRule(id: id, isEnabled: status == "Enabled")
        try readFilter(element, into: &rule)
        let actions = [
            "Expiration", "Transition", "NoncurrentVersionExpiration", "NoncurrentVersionTransition",
            "AbortIncompleteMultipartUpload",
        ]
        guard actions.contains(where: { element[$0] != nil }) else {
            throw .invalidRequest("At least one action needs to be specified in a rule")
        }
        if let expiration = element["Expiration"] { try readExpiration(expiration, into: &rule) }
        if let abort = element["AbortIncompleteMultipartUpload"] {
            rule.abortDays = try days(abort.text("DaysAfterInitiation"), "DaysAfterInitiation")
        }
        return rule
    }

    private static func readFilter(_ element: XMLElement, into rule: inout LifecycleRule) throws(AWSError) {
        rule.prefix = element.text("Prefix") ?? ""
        guard let filter = element["Filter"] else {
            guard element["Prefix"] != nil else { throw .malformedXML }
            return
        }
        let inner = filter["And"] ?? filter
        rule.prefix = inner.text("Prefix") ?? ""
        for tag in inner.all("Tag") {
            guard let name = tag.text("Key"), let value = tag.text("Value") else { throw .malformedXML }
            rule.tags[name] = value
        }
        rule.sizeAbove = inner.text("ObjectSizeGreaterThan").flatMap { Int($0) }
        rule.sizeBelow = inner.text("ObjectSizeLessThan").flatMap { Int($0) }
    }

    private static func readExpiration(_ element: XMLElement, into rule: inout LifecycleRule) throws(AWSError) {
        if let text = element.text("Days") {
            rule.expirationDays = try days(text, "Days")
        } else if let text = element.text("Date") {
            guard let date = Timestamp(iso8601: text) ?? Timestamp(iso8601: "\(text)T00:00:00Z") else {
                throw .malformedXML
            }
            guard date.milliseconds % 86_400_000 == 0 else {
                throw .invalidArgument("'Date' must be at midnight GMT")
            }
            rule.expirationDate = date.milliseconds
        } else if element["ExpiredObjectDeleteMarker"] == nil {
            throw .malformedXML
        }
    }

    private static func days(_ text: String?, _ name: String) throws(AWSError) -> Int {
        guard let days = text.flatMap({ Int($0) }), days > 0 else {
            throw .invalidArgument("'\(name)' for Expiration action must be a positive integer")
        }
        return days
    }

    static func json(_ rules: [LifecycleRule]) throws -> String {
        String(decoding: try JSONEncoder().encode(rules), as: UTF8.self)
    }
}

extension S3Call {
    /// When the object expires, as `x-amz-expiration` says it, by the first rule that lets it.
    func expiration(of info: ObjectInfo) async throws -> String? {
        guard let text = try await objects.bucket(named: try bucket).settings[BucketSetting.rulesName] else {
            return nil
        }
        let rules = try JSONDecoder().decode([LifecycleRule].self, from: Data(text.utf8))
        let expiries = rules.filter { $0.applies(to: info) }.compactMap { rule in
            rule.expiry(ofObjectFrom: info.modifiedAt).map { (moment: $0, id: rule.id) }
        }
        guard let first = expiries.min(by: { $0.moment < $1.moment }) else { return nil }
        return "expiry-date=\"\(HTTPDate.text(first.moment))\", rule-id=\"\(first.id)\""
    }
}
