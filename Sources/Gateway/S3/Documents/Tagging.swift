import Objects
import XML

/// Tags of an object or a bucket.
///
/// Source: Amazon S3 User Guide, "Categorizing your objects using tags".
enum Tagging {
    private static let mostOfObject = 10

    /// - Throws: `InvalidTag`, `BadRequest` for too many.
    static func checked(_ pairs: [(String, String)], most: Int = mostOfObject) throws(AWSError) -> [String: String] {
        guard pairs.count <= most else {
            throw .s3("BadRequest", "Object tags cannot be greater than \(most)")
        }
        var tags: [String: String] = [:]
        for (name, value) in pairs {
            guard (1...128).contains(name.unicodeScalars.count), !name.hasPrefix("aws:") else {
                throw .s3("InvalidTag", "The TagKey you have provided is invalid", ["TagKey": name])
            }
            guard value.unicodeScalars.count <= 256 else {
                throw .s3(
                    "InvalidTag", "The TagValue you have provided is invalid", ["TagKey": name, "TagValue": value])
            }
            guard tags.updateValue(value, forKey: name) == nil else {
                throw .s3("InvalidTag", "Cannot provide multiple Tags with the same key", ["TagKey": name])
            }
        }
        return tags
    }

    static func tags(in document: XMLElement, most: Int = mostOfObject) throws(AWSError) -> [String: String] {
        guard document.name == "Tagging", let set = document["TagSet"] else { throw .malformedXML }
        var pairs: [(String, String)] = []
        for tag in set.all("Tag") {
            guard let name = tag.text("Key"), let value = tag.text("Value") else { throw .malformedXML }
            pairs.append((name, value))
        }
        return try checked(pairs, most: most)
    }

    static func write(_ tags: [String: String], to writer: inout XMLWriter) {
        writer.element("TagSet") { writer in
            for (name, value) in tags.sorted(by: { $0.key < $1.key }) {
                writer.element("Tag") {
                    $0.element("Key", name)
                    $0.element("Value", value)
                }
            }
        }
    }
}
