import Documents
import JSON
import SpeakModel
import Testing

@testable import AWSBackend

/// What is written is read again, by the parser that refuses what DynamoDB refuses: reserved words, needless brackets.
@Suite("expressions as texts")
struct ExpressionWriterTests {
    private static let (a, b, c): (Condition, Condition, Condition) = (
        .equals("status", "DONE"),
        .compare(.size(DocumentPath("list", [.index(2), .member("a.b")])), .less, .value(3)),
        .exists("date")
    )

    private func reader(_ writer: ExpressionWriter) throws -> ExpressionReader {
        let names = writer.members["ExpressionAttributeNames"]?.object?.compactMapValues(\.string) ?? [:]
        let values = try Item(json: writer.members["ExpressionAttributeValues"] ?? [:])
        return ExpressionReader(names: names, values: values, refusesReservedWords: true)
    }

    @Test(
        "conditions keep their meaning",
        arguments: [
            a, .and(a, b), .or(a, b), .and(.or(a, b), c), .and(a, .or(b, c)), .or(.and(a, b), c), .not(.and(a, b)),
            .not(.or(a, .not(b))), .and(.not(a), .not(.or(b, c))), .not(.not(a)), .between("n", 1, 2) && c,
            .isIn("status", ["A", "B"]) || !c, .beginsWith("s", "x") && .contains("s", "y"),
            .hasType("list", "L") && .notExists("status"),
        ] as [Condition])
    func conditions(_ condition: Condition) throws {
        var writer = ExpressionWriter()
        let text = writer.condition(condition)
        var reader = try reader(writer)
        #expect(try reader.condition(text) == condition, "\(text)")
        try reader.checkAllUsed()
    }

    @Test("updates and key conditions keep their meaning")
    func others() throws {
        let update = try UpdateExpression(
            "SET #d = if_not_exists(#d, :one), n = n + :one, l = list_append(l, :l) REMOVE m.x, o[3] ADD k :one DELETE s :s",
            names: ["#d": "date"], values: [":one": 1, ":l": ["x"], ":s": .stringSet(["y"])])
        var writer = ExpressionWriter()
        let written = writer.update(update)
        let text = try #require(written)
        var updates = try reader(writer)
        #expect(try updates.update(text) == update, "\(text)")
        #expect(!update.isRepeatable && UpdateExpression.set(["a": 1]).isRepeatable)
        var keys = ExpressionWriter()
        let key = KeyCondition("role", "tutor", sort: .init("date", .between("a", "b")))
        let keyText = keys.keyCondition(key)
        var keyReader = try reader(keys)
        let schema = KeySchema(partition: .init("role"), sort: .init("date"))
        #expect(try keyReader.keyCondition(keyText).resolved(for: schema) == key)
    }
}
