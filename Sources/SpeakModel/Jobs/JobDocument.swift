package import JSON

/// A job as a message body holds it: `{"job_id": "…", "kind": "sentence.synthesize", "payload": {…}}`.
package struct JobDocument: Sendable {
    /// Names the job in AsyncJobStatus.
    ///
    /// Two documents with one id are one job, whose effects happen once.
    package let id: String
    package let payload: any JobPayload

    package init(id: String, payload: any JobPayload) {
        self.id = id
        self.payload = payload
    }

    package var kind: JobKind { type(of: payload).kind }

    package var json: JSONValue {
        ["job_id": .string(id), "kind": .string(kind.rawValue), "payload": payload.json]
    }
}

extension JobDocument {
    static let idType = FieldType.name(maximumLength: 128)

    /// Reads a message body and checks it.
    package init(parsing body: [UInt8]) throws(JobDocumentError) {
        let json: JSONValue
        do { json = try JSONValue(parsing: body) } catch {
            throw JobDocumentError(
                jobID: nil, kind: nil, problems: ["not JSON: \(error.reason) at byte \(error.offset)"])
        }
        try self.init(json)
    }

    /// Checks a document and collects everything that is wrong with it.
    package init(_ json: JSONValue) throws(JobDocumentError) {
        guard let members = json.object else {
            throw JobDocumentError(
                jobID: nil, kind: nil, problems: ["the document must be a JSON object, not \(json.typeName)"])
        }
        var problems = members.keys.sorted().filter { !["job_id", "kind", "payload"].contains($0) }
            .map { "\($0) is not a field of a job document" }
        let id = Self.id(in: members, &problems)
        let kind = Self.kind(in: members, &problems)
        let payload = kind.flatMap { Self.payload(of: $0, in: members, &problems) }
        guard problems.isEmpty, let id, let payload else {
            throw JobDocumentError(jobID: id, kind: kind, problems: problems)
        }
        self.init(id: id, payload: payload)
    }

    private static func id(in members: [String: JSONValue], _ problems: inout [String]) -> String? {
        guard let value = members["job_id"] else {
            problems.append("job_id is missing")
            return nil
        }
        guard idType.accepts(value) else {
            problems.append("job_id must be \(idType.requirement)")
            return nil
        }
        return value.string
    }

    private static func kind(in members: [String: JSONValue], _ problems: inout [String]) -> JobKind? {
        let kinds = FieldType.choice(JobKind.allCases.map(\.rawValue))
        guard let value = members["kind"] else {
            problems.append("kind is missing")
            return nil
        }
        guard let kind = value.string.flatMap(JobKind.init) else {
            problems.append("kind must be \(kinds.requirement)")
            return nil
        }
        return kind
    }

    private static func payload(
        of kind: JobKind, in members: [String: JSONValue], _ problems: inout [String]
    ) -> (any JobPayload)? {
        guard let payload = members["payload"]?.object else {
            problems.append("payload must be a JSON object")
            return nil
        }
        let type = kind.payloadType
        let found = type.problems(in: payload)
        problems += found
        return found.isEmpty ? type.init(PayloadValues(checked: payload)) : nil
    }
}

extension JobPayload {
    /// What is wrong with a payload, in the order of the fields.
    static func problems(in members: [String: JSONValue]) -> [String] {
        let declared = Set(fields.map(\.name))
        let unknown = members.keys.filter { !declared.contains($0) }.sorted()
        return fields.compactMap { $0.problem(with: members[$0.name]) }
            + unknown.map { "payload.\($0) is not a field of \(kind.rawValue)" }
    }
}

extension PayloadField {
    fileprivate func problem(with value: JSONValue?) -> String? {
        guard let value else { return isRequired ? "payload.\(name) is missing" : nil }
        return type.accepts(value) ? nil : "payload.\(name) must be \(type.requirement)"
    }
}
