package import JSON

extension JobKind {
    /// The JSON Schema (2020-12) of this kind's documents.
    ///
    /// The files in `jobs/` are printed from it.
    package var schema: JSONValue {
        let payload = payloadType
        return [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": .string(rawValue),
            "description": .string(payload.summary),
            "type": "object",
            "additionalProperties": false,
            "required": ["job_id", "kind", "payload"],
            "properties": [
                "job_id": Self.idField.schema,
                "kind": ["const": .string(rawValue)],
                "payload": [
                    "type": "object",
                    "additionalProperties": false,
                    "required": .array(payload.fields.filter(\.isRequired).map { .string($0.name) }),
                    "properties": .object(
                        Dictionary(uniqueKeysWithValues: payload.fields.map { ($0.name, $0.schema) })),
                ],
            ],
        ]
    }

    private static let idField = PayloadField.required(
        "job_id", JobDocument.idType, "Names the job in AsyncJobStatus. Two documents with one id are one job.")
}
