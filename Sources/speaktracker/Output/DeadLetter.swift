import JSON
import Queueing
import Reports
import SpeakModel

/// A dead letter as an operator sees it.
struct DeadLetter {
    let message: MessageSummary
    private let body: JSONValue?

    init(_ message: MessageSummary) {
        self.message = message
        body = try? JSONValue(parsing: message.body)  // A letter may be dead because it is no JSON.
    }

    var jobID: String? { body?["job_id"]?.string }
    var kind: String? { body?["kind"]?.string }

    var cells: [String] {
        [
            message.sourceQueueName ?? "–", jobID ?? "(message \(message.id))", kind ?? "–", "\(message.receiveCount)×",
            message.lastFailure ?? "–",
        ]
    }

    var sentence: String {
        Terminal.safe("\(jobID ?? "message \(message.id)") to \(message.sourceQueueName ?? "where it came from")")
    }

    var json: JSONValue {
        [
            "message_id": .string(message.id.description), "job_id": jobID.map { .string($0) } ?? .null,
            "kind": kind.map { .string($0) } ?? .null,
            "queue": message.sourceQueueName.map { .string($0) } ?? .null,
            "receive_count": .number(message.receiveCount), "reason": message.lastFailure.map { .string($0) } ?? .null,
            "sent_at": .string(message.sentAt.iso8601), "body": .string(String(decoding: message.body, as: UTF8.self)),
            "attributes": .object(
                message.attributes.mapValues { .string(String(decoding: $0.value, as: UTF8.self)) }),
        ]
    }
}

/// Dead letters of one kind that died of the same thing.
struct DeadLetterGroup {
    private let kind: String
    private let reason: String
    private let letters: [DeadLetter]

    /// The largest first.
    static func groups(of letters: [DeadLetter]) -> [DeadLetterGroup] {
        struct Cause: Hashable {
            let kind: String
            let reason: String
        }
        let byCause = Dictionary(grouping: letters) {
            Cause(kind: $0.kind ?? "–", reason: pattern(of: $0.message.lastFailure ?? "–"))
        }
        return byCause.map { DeadLetterGroup(kind: $0.key.kind, reason: $0.key.reason, letters: $0.value) }
            .sorted { ($1.letters.count, $0.kind, $0.reason) < ($0.letters.count, $1.kind, $1.reason) }
    }

    /// The reason without what is another in every letter: quoted words and numbers.
    private static func pattern(of reason: String) -> String {
        reason.replacing(#/“[^”]*”/#, with: "“…”").replacing(#/[0-9][0-9a-f]{7,}(-[0-9a-f]+)*/#, with: "#")
            .replacing(#/[0-9]+([.:][0-9]+)*/#, with: "#")
    }

    private var times: [Timestamp] { letters.map(\.message.sentAt) }

    var cells: [String] {
        ["\(letters.count)", kind, times.min()?.iso8601 ?? "–", times.max()?.iso8601 ?? "–", reason]
    }

    var json: JSONValue {
        [
            "count": .number(letters.count), "kind": .string(kind), "reason": .string(reason),
            "oldest": times.min().map { .string($0.iso8601) } ?? .null,
            "latest": times.max().map { .string($0.iso8601) } ?? .null,
        ]
    }
}
