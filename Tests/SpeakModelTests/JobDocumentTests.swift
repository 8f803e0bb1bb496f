import Foundation
import JSON
import SpeakModel
import Testing

@Suite struct JobDocumentTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../jobs")

    static func file(_ name: String) throws -> JSONValue {
        try JSONValue(parsing: Array(Data(contentsOf: folder.appending(path: name))))
    }

    @Test("the example is read into the type and written back unchanged", arguments: JobKind.allCases)
    func example(_ kind: JobKind) throws {
        let example = try Self.file("\(kind.rawValue).json")
        let document = try JobDocument(example)
        #expect(document.kind == kind)
        #expect(document.json == example)
        #expect(Set((example["payload"]?.object ?? [:]).keys) == Set(kind.payloadType.fields.map(\.name)))
    }

    /// `speaktracker schema KIND > jobs/KIND.schema.json` writes such a file anew.
    @Test("the schema file is the one the type prints", arguments: JobKind.allCases)
    func schema(_ kind: JobKind) throws {
        #expect(try Self.file("\(kind.rawValue).schema.json") == kind.schema)
    }

    @Test("a required field may not be missing, an optional one may", arguments: JobKind.allCases)
    func presence(_ kind: JobKind) throws {
        let example = try Self.file("\(kind.rawValue).json")
        for field in kind.payloadType.fields {
            var payload = try #require(example["payload"]?.object)
            payload[field.name] = nil
            let document: JSONValue = ["job_id": "1", "kind": .string(kind.rawValue), "payload": .object(payload)]
            if field.isRequired {
                let error = #expect(throws: JobDocumentError.self) { try JobDocument(document) }
                #expect(error?.problems == ["payload.\(field.name) is missing"])
            } else {
                #expect(throws: Never.self) { try JobDocument(document) }
            }
        }
    }

    @Test("everything that is wrong is said at once, in one sentence")
    func problems() throws {
        let error = #expect(throws: JobDocumentError.self) {
            try JobDocument([
                "job_id": "j-1", "kind": "sentence.synthesize", "extra": 1,
                "payload": ["sessionId": "", "sentenceIndex": .number(1.5), "english": "Hi.", "colour": "red"],
            ])
        }
        #expect(error?.jobID == "j-1")
        #expect(
            error?.description == """
                Not a valid job document: extra is not a field of a job document; \
                payload.sessionId must be text of 1 to 128 characters on one line; \
                payload.sentenceIndex must be a whole number from 0 to 1000000000; \
                payload.colour is not a field of sentence.synthesize.
                """)
    }

    @Test(
        "what is no document at all is refused",
        arguments: [
            "", "{", "[]", "null", "{}", #"{"job_id":1,"kind":"x","payload":{}}"#,
            #"{"job_id":"1","kind":"sentence.sing","payload":{}}"#, #"{"job_id":"1","kind":"statistics.aggregate"}"#,
            #"{"job_id":"a\u0000b","kind":"statistics.aggregate","payload":{"date":"2025-01-24"}}"#,
        ])
    func malformed(_ text: String) {
        #expect(throws: JobDocumentError.self) { try JobDocument(parsing: Array(text.utf8)) }
    }

    @Test(
        "values outside their type are refused",
        arguments: [
            ("date", "2025-02-30"), ("date", "24.1.2025"), ("date", ""), ("student_email", "nobody"),
            ("student_email", "a@b@c"), ("student_email", "a b@c"),
        ])
    func values(_ field: String, _ value: String) {
        var payload: [String: JSONValue] = ["date": "2025-01-24"]
        payload[field] = .string(value)
        let document: JSONValue = ["job_id": "1", "kind": "statistics.aggregate", "payload": .object(payload)]
        #expect(throws: JobDocumentError.self) { try JobDocument(document) }
    }

    @Test("a whole number may be written with a point, as JSON Schema has it")
    func wholeNumber() throws {
        let document = try JobDocument(
            parsing: Array(
                #"{"job_id":"1","kind":"sentence.synthesize","payload":{"sessionId":"s","sentenceIndex":3.0,"english":"Hi."}}"#
                    .utf8))
        #expect((document.payload as? SentenceSynthesize)?.sentenceIndex == 3)
    }
}
