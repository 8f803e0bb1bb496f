import Documents
import JSON
import SpeakModel

extension Operation {
    static let tagResource = Operation(
        "TagResource", input: [.init("ResourceArn", .string), .init("Tags", .any)]
    ) { call in
        let name = try call.resourceName()
        let tags = try TableTags.read(call.input["Tags"])
        guard !tags.isEmpty else { throw AWSError.validation("Atleast one Tag needs to be provided as Input.") }
        try await call.changeTags(name) { $0.merge(tags) { $1 } }
        return [:]
    }

    static let untagResource = Operation(
        "UntagResource", input: [.init("ResourceArn", .string), .init("TagKeys", .any)]
    ) { call in
        let name = try call.resourceName()
        let keys = call.input["TagKeys"]?.array?.compactMap(\.string) ?? []
        guard !keys.isEmpty else { throw AWSError.validation("Atleast one Tag Key needs to be provided as Input.") }
        try await call.changeTags(name) { tags in
            for key in keys { tags[key] = nil }
        }
        return [:]
    }

    static let listTagsOfResource = Operation(
        "ListTagsOfResource", input: [.init("ResourceArn", .string), .init("NextToken", .string)]
    ) { call in
        let name = try call.resourceName()
        let table: TableDescription
        do { table = try await call.documents.description(ofTable: name) } catch DocumentError.noSuchTable {
            throw AWSError.resourceNotFound(
                "Requested resource not found: ResourcArn: \(call.arn(ofTable: name)) not found")
        }
        let tags = table.settings["Tags"]?.object ?? [:]
        return [
            "Tags": .array(
                tags.sorted { $0.key < $1.key }.map { ["Key": .string($0.key), "Value": $0.value] })
        ]
    }
}

/// Tags of tables, kept among the table's settings as one object.
enum TableTags {
    static func read(_ json: JSONValue?) throws(AWSError) -> [String: JSONValue] {
        var tags: [String: JSONValue] = [:]
        for tag in json?.array ?? [] {
            guard let key = tag["Key"]?.string, let value = tag["Value"]?.string else { throw .missing("Tags") }
            guard (1...128).contains(key.count), value.count <= 256 else {
                throw .validation(
                    "1 validation error detected: Value at 'tags' failed to satisfy constraint: "
                        + "Member must have length less than or equal to \((1...128).contains(key.count) ? 256 : 128)")
            }
            tags[key] = .string(value)
        }
        return tags
    }
}

extension Call {
    fileprivate func resourceName() throws(AWSError) -> String {
        guard let arn = input["ResourceArn"]?.string else { throw .missing("ResourceArn") }
        guard let name = Self.tableName(inARN: arn) else {
            throw .validation("Invalid TableArn: Invalid ResourceArn provided as input \(arn)")
        }
        return name
    }

    fileprivate func changeTags(
        _ name: String, _ change: @escaping @Sendable (inout [String: JSONValue]) -> Void
    ) async throws {
        do {
            _ = try await documents.updateTable(name) { table in
                var settings = table.settings.object ?? [:]
                var tags = settings["Tags"]?.object ?? [:]
                change(&tags)
                guard tags.count <= 50 else {
                    throw AWSError.validation("One or more parameter values were invalid: Too many tags: more than 50")
                }
                settings["Tags"] = .object(tags)
                table.settings = .object(settings)
            }
        } catch DocumentError.noSuchTable {
            throw AWSError.resourceNotFound("Requested resource not found: ResourcArn: \(arn(ofTable: name)) not found")
        }
    }
}
