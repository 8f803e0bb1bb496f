/// One caller's work on the writer, and the caller who waits for it.
struct WriteOperation: Sendable {
    let durability: Writer.Durability
    /// About how much it writes.
    let bytes: Int
    /// Does the work, and returns what to tell the caller after the commit.
    let perform: @Sendable (WriteConnection) -> Performed
    /// Tells the caller that nothing was done.
    ///
    /// Either this or ``Performed/answer`` is called, and once.
    let refuse: @Sendable (any Error) -> Void

    struct Performed: Sendable {
        let isFailed: Bool
        let answer: @Sendable () -> Void
    }

    init<Value: Sendable>(
        _ durability: Writer.Durability, bytes: Int, _ caller: CheckedContinuation<Value, any Error>,
        _ work: @escaping @Sendable (WriteConnection) throws -> Value
    ) {
        self.durability = durability
        self.bytes = bytes
        refuse = { caller.resume(throwing: $0) }
        perform = { connection in
            do {
                let value = try work(connection)
                return Performed(isFailed: false) { caller.resume(returning: value) }
            } catch {
                return Performed(isFailed: true) { caller.resume(throwing: error) }
            }
        }
    }
}
