package import JSON
import SpeakModel

/// What `/-/jobs` takes and gives, as OpenAPI 3.1, made from the schemas of the jobs.
package enum OpenAPIDocument {
    package static let path = "/-/openapi.json"

    package static let json: JSONValue = [
        "openapi": "3.1.0",
        "info": [
            "title": "SpeakTracker jobs", "version": "1",
            "description": "Jobs for backends without an AWS SDK. With one, SendMessage does the same.",
            "license": ["name": "GPL-3.0-or-later", "identifier": "GPL-3.0-or-later"],
        ],
        "servers": [["url": "/"]],
        "security": [[:], ["accessKey": []]],
        "paths": ["/-/jobs": ["post": submission], "/-/jobs/{job_id}": ["get": lookUp]],
        "components": [
            "schemas": .object(schemas),
            "responses": ["Problem": problem],
            "securitySchemes": [
                "accessKey": [
                    "type": "http", "scheme": "basic",
                    "description": "An access key's id as the user, its secret as the password, where there are keys.",
                ]
            ],
        ],
    ]

    private static let submission: JSONValue = [
        "operationId": "submitJob", "summary": "Puts a job on its queue.",
        "description":
            "The job's status row and its message appear together or not at all. A job_id that is left out is made up.",
        "parameters": [
            header(
                "Idempotency-Key", ["type": "string", "minLength": 1, "maxLength": 255],
                "Makes repeats harmless for 24 hours: the same document is answered as the first time."),
            header(
                "traceparent", ["type": "string", "pattern": "^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}"],
                "The trace that the job belongs to (W3C Trace Context)."),
        ],
        "requestBody": [
            "required": true, "content": ["application/json": ["schema": ["$ref": "#/components/schemas/Job"]]],
        ],
        "responses": [
            "202": answer(
                "The job waits.", "Accepted",
                headers: [
                    "Location": ("Where its row is.", ["type": "string"]),
                    "Idempotency-Replayed": ("Whether this is the answer of the first time.", ["const": "true"]),
                ]),
            "200": answer("A job of this id has been done before; nothing was enqueued.", "Accepted"),
            "400": refusal, "401": refusal, "409": refusal, "413": refusal, "415": refusal, "422": refusal,
            "503": refusal,
        ],
    ]

    private static let lookUp: JSONValue = [
        "operationId": "getJob", "summary": "What became of a job: its row in AsyncJobStatus.",
        "parameters": [
            ["name": "job_id", "in": "path", "required": true, "schema": ["type": "string"]]
        ],
        "responses": [
            "200": answer("The job's row.", "Status"), "401": refusal, "404": refusal, "503": refusal,
        ],
    ]

    private static func header(_ name: String, _ schema: JSONValue, _ description: String) -> JSONValue {
        [
            "name": .string(name), "in": "header", "required": false, "schema": schema,
            "description": .string(description),
        ]
    }

    private static func answer(
        _ description: String, _ schema: String, headers: [String: (description: String, schema: JSONValue)] = [:]
    ) -> JSONValue {
        [
            "description": .string(description),
            "headers": .object(
                headers.mapValues { ["description": .string($0.description), "schema": $0.schema] }),
            "content": ["application/json": ["schema": ["$ref": .string("#/components/schemas/\(schema)")]]],
        ]
    }

    private static let refusal: JSONValue = ["$ref": "#/components/responses/Problem"]

    private static let problem: JSONValue = [
        "description": "What is wrong, in a sentence (RFC 9457).",
        "content": ["application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]],
    ]
}

/// The schemas.
extension OpenAPIDocument {
    private static var schemas: [String: JSONValue] {
        var schemas = Dictionary(uniqueKeysWithValues: JobKind.allCases.map { ($0.rawValue, document(of: $0)) })
        schemas["Job"] = job
        schemas["Accepted"] = [
            "type": "object", "required": ["job_id", "status"],
            "properties": ["job_id": ["type": "string"], "status": status, "trace_id": traceID],
        ]
        schemas["Status"] = [
            "type": "object", "required": ["job_id", "status"],
            "properties": [
                "job_id": ["type": "string"], "kind": ["enum": .array(JobKind.allCases.map { .string($0.rawValue) })],
                "status": status, "error": ["type": "string", "description": "Why it failed, or its last attempt."],
                "attempts": ["type": "number"], "trace_id": traceID, "audio_url": ["type": "string"],
                "result": ["type": "object"],
            ],
        ]
        schemas["Problem"] = [
            "type": "object", "required": ["title", "status", "detail"],
            "properties": [
                "type": ["type": "string"], "title": ["type": "string"], "status": ["type": "integer"],
                "detail": ["type": "string"], "problems": ["type": "array", "items": ["type": "string"]],
            ],
        ]
        return schemas
    }

    private static let status: JSONValue = ["enum": .array(JobStatus.allCases.map { .string($0.rawValue) })]
    private static let traceID: JSONValue = ["type": "string", "pattern": "^[0-9a-f]{32}$"]

    private static var job: JSONValue {
        let references = JobKind.allCases.map { ($0.rawValue, "#/components/schemas/\($0.rawValue)") }
        return [
            "oneOf": .array(references.map { ["$ref": .string($0.1)] }),
            "discriminator": [
                "propertyName": "kind",
                "mapping": .object(Dictionary(uniqueKeysWithValues: references.map { ($0.0, .string($0.1)) })),
            ],
        ]
    }

    /// The kind's own schema, but that the id may be left out.
    private static func document(of kind: JobKind) -> JSONValue {
        var schema = kind.schema.object ?? [:]
        schema["$schema"] = nil
        schema["required"] = ["kind", "payload"]
        return .object(schema)
    }
}
