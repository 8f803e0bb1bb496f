import Documents
import SpeakModel

/// A row of AIConversations, with the totals of its spoken turns beside the school's own attributes.
struct ConversationRow {
    /// Where the totals are kept, so that a day can be recomputed from its conversations.
    static let totalsAttribute = "turn_totals"

    private let payload: ConversationAnalyze
    private let old: Item

    init(of payload: ConversationAnalyze, from documents: any DocumentStore) async throws {
        self.payload = payload
        old = try await documents.get(Self.key(of: payload), from: Table.aiConversations.name) ?? [:]
    }

    static func totals(of row: Item) -> DayTotals { DayTotals(row[totalsAttribute]?.map ?? [:]) }

    /// Counts one turn more, if nobody else has counted one since the row was read.
    func write(adding turn: DayTotals, at now: Timestamp) throws -> DocumentWrite {
        let totals = try Self.totals(of: old).adding(turn)
        let path = DocumentPath(Self.totalsAttribute)
        let update = UpdateExpression(
            set: [
                .init("conversation_id", .value(.string(payload.conversationID))),
                .init("ttl", .ifNotExists("ttl", .value(.lifetime(of: .aiConversations, from: now)))),
                .init(path, .value(.map(totals.attributes))),
            ],
            add: [.init("turn_count", 1)])
        let isUnchanged: Condition =
            old[Self.totalsAttribute].map { .compare(.path(path), .equal, .value($0)) } ?? .notExists(path)
        return DocumentWrite(
            table: Table.aiConversations.name, .update(key: Self.key(of: payload), update), if: isUnchanged)
    }

    private static func key(of payload: ConversationAnalyze) -> Item {
        ["student_email": .string(payload.studentEmail), "timestamp": .string(payload.timestamp)]
    }
}
