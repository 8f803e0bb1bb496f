import Documents
import SpeakModel
import TestSupport
import Testing

/// Random writes against a dictionary: the same answers to every question.
@Suite("documents against a model") struct DocumentModelTests {
    /// One sort key type a table, its index sorted by the same type and sparse.
    private static func schema(_ type: KeyType) -> TableSchema {
        TableSchema(
            name: "model", key: .init(partition: .init("p"), sort: .init("s", type)),
            indexes: [
                .init(name: "by-i", key: .init(partition: .init("ip", .number), sort: .init("is", type))),
                .init(name: "by-ip", key: .init(partition: .init("ip", .number))),
            ])
    }

    /// Awkward neighbours in each type's order.
    private static func sortValues(_ type: KeyType) -> [AttributeValue] {
        switch type {
        case .string: ["a", "aa", "ab", "a\u{0}", "b", "B", "é", "가", "가나", "🙂", "\u{FFFF}", "a\u{FF}"].map { $0 }
        case .number:
            ["0", "1", "-1", "10", "2", "1.5", "-1.5", "1e-130", "-1e125", "9.9e125", "100", "-0.001"].map {
                .number(DocumentNumber($0) ?? 7)
            }
        case .binary:
            [[0], [0, 0], [1], [0xFF], [0xFF, 0xFF], [0xFE, 0xFF], [0xFF, 0], [0x7F], [0x80], [1, 0]].map {
                .binary($0)
            }
        }
    }

    private struct Model {
        var items: [Item: Item] = [:]

        /// The answer that the store must give, but for the order among items of one index key.
        func answer(_ query: DocumentQuery, sort: String?) -> [Item] {
            let found = items.values.filter { item in
                guard item[query.key.partition] == query.key.value, let sort else {
                    return item[query.key.partition] == query.key.value
                }
                guard let value = item[sort] else { return false }
                return query.key.sort.map { $0.condition.holds(for: value) } ?? true
            }
            guard let sort else { return found }
            return found.sorted { left, right in
                guard let left = left[sort], let right = right[sort] else { return false }
                return (query.forward ? left.isLess(than: right) : right.isLess(than: left)) ?? false
            }
        }
    }

    @Test("random operations", arguments: Backend.available, [KeyType.string, .number, .binary])
    func random(_ backend: Backend, _ type: KeyType) async throws {
        let store = try await backend.make()
        try await store.documents.createTable(Self.schema(type))
        var generator = SeededGenerator(seed: 2025)
        var model = Model()
        for step in 0..<(backend.can(.speed) ? 600 : 60) {
            try await Self.change(store.documents, &model, type, &generator)
            if step % 20 == 19 { try await Self.compare(store.documents, model, type, &generator) }
        }
        #expect(model.items.count > 10)
        let scanned = try await store.documents.all(DocumentScan(table: "model", limit: 7))
        #expect(scanned.count == model.items.count)
        #expect(Set(scanned) == Set(model.items.values))
    }

    private static func change(
        _ store: any DocumentStore, _ model: inout Model, _ type: KeyType, _ generator: inout SeededGenerator
    ) async throws {
        let values = sortValues(type)
        let key: Item = [
            "p": ["x", "xx", "y"].randomElement(using: &generator) ?? "x",
            "s": values.randomElement(using: &generator) ?? values[0],
        ]
        var item = key
        item["n"] = .number(Int.random(in: 0...99, using: &generator))
        if Bool.random(using: &generator) { item["ip"] = .number(Int.random(in: 0...2, using: &generator)) }
        if Bool.random(using: &generator) { item["is"] = values.randomElement(using: &generator) }
        let action: DocumentWrite.Action
        switch Int.random(in: 0..<10, using: &generator) {
        case 0..<5: (action, model.items[key]) = (.put(item), item)
        case 5..<8:
            let changes = item.filter { key[$0.key] == nil }
            action = .update(
                key: key,
                UpdateExpression(
                    set: UpdateExpression.set(changes).set,
                    remove: Bool.random(using: &generator) && changes["is"] == nil ? ["is"] : []))
            var changed = (model.items[key] ?? key).merging(changes) { $1 }
            if case .update(_, let update) = action, !update.remove.isEmpty { changed["is"] = nil }
            model.items[key] = changed
        default: (action, model.items[key]) = (.delete(key: key), nil)
        }
        let result = try await store.write(.init(table: "model", action))
        #expect(result.new == model.items[key])
        #expect(try await store.get(key, from: "model") == model.items[key])
    }

    private static func compare(
        _ store: any DocumentStore, _ model: Model, _ type: KeyType, _ generator: inout SeededGenerator
    ) async throws {
        let values = sortValues(type)
        let (first, second) = (
            values.randomElement(using: &generator) ?? values[0], values.randomElement(using: &generator) ?? values[0]
        )
        let ordered = second.isLess(than: first) == true ? (second, first) : (first, second)
        var conditions: [KeyCondition.Sort?] = [
            nil, .equal(first), .less(first), .lessOrEqual(first), .greater(first), .greaterOrEqual(first),
            .between(ordered.0, ordered.1),
        ]
        if type != .number { conditions.append(.beginsWith(first)) }
        for condition in conditions {
            for forward in [true, false] {
                for limit in [nil, 3] {
                    let partition: AttributeValue = ["x", "xx", "y", "none"].randomElement(using: &generator) ?? "x"
                    let table = DocumentQuery(
                        table: "model", key: .init("p", partition, sort: condition.map { .init("s", $0) }),
                        forward: forward, limit: limit)
                    #expect(try await store.all(table) == model.answer(table, sort: "s"), "\(table)")
                    let number = AttributeValue.number(Int.random(in: 0...2, using: &generator))
                    let index = DocumentQuery(
                        table: "model", index: "by-i",
                        key: .init("ip", number, sort: condition.map { .init("is", $0) }), forward: forward,
                        limit: limit)
                    let (found, expected) = (try await store.all(index), model.answer(index, sort: "is"))
                    #expect(found.map { $0["is"] } == expected.map { $0["is"] }, "\(index)")
                    #expect(found.count == expected.count && Set(found) == Set(expected), "\(index)")
                    let plain = DocumentQuery(
                        table: "model", index: "by-ip", key: .init("ip", number), forward: forward, limit: limit)
                    #expect(try await Set(store.all(plain)) == Set(model.answer(plain, sort: nil)))
                }
            }
        }
    }
}

extension KeyCondition.Sort {
    fileprivate func holds(for value: AttributeValue) -> Bool {
        let item: Item = ["v": value]
        let condition: Condition =
            switch self {
            case .equal(let other): .compare("v", .equal, other)
            case .less(let other): .compare("v", .less, other)
            case .lessOrEqual(let other): .compare("v", .lessOrEqual, other)
            case .greater(let other): .compare("v", .greater, other)
            case .greaterOrEqual(let other): .compare("v", .greaterOrEqual, other)
            case .between(let low, let high): .between("v", low, high)
            case .beginsWith(let prefix): .beginsWith("v", prefix)
            }
        return condition.holds(for: item)
    }
}
