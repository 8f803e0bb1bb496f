import Synchronization

/// What is known of named things in the store, as it is committed, so that a request need not ask the writer.
///
/// Whoever changes one of them calls ``changed()`` after the commit and before it answers. What was read before that
/// moment is never kept after it.
final class Catalogue<Entry: Sendable>: Sendable {
    private struct State {
        var round = 0
        var entries: [String: Entry] = [:]
    }

    private let state = Mutex(State())
    private let read: @Sendable (String) async throws -> Entry

    init(_ read: @escaping @Sendable (String) async throws -> Entry) { self.read = read }

    /// - Throws: What reading it throws.
    func entry(_ name: String) async throws -> Entry {
        let (known, round) = state.withLock { ($0.entries[name], $0.round) }
        if let known { return known }
        let found = try await read(name)
        state.withLock { if $0.round == round { $0.entries[name] = found } }
        return found
    }

    func changed() {
        state.withLock { state in
            state.round += 1
            state.entries = [:]
        }
    }
}
