/// A queue server that is measured, empty when it is started.
protocol QueueSubject: Sendable {
    /// Does this many rounds of a load, shared by this many callers at once.
    func run(_ load: QueueLoad, rounds: Int, callers: Int) async throws

    /// How many times it has waited for the disk so far; `nil` if nobody counts.
    func syncs() async throws -> Int?

    func stop() async throws
}

/// What every caller does in a loop.
enum QueueLoad: String, CaseIterable {
    case send = "send"
    case receiveAndDelete = "receive + delete"
    case sendReceiveAndDelete = "send + receive + delete"

    /// How many of a round's steps must be on the disk before they are answered: a lease need not.
    var durableSteps: Int { self == .sendReceiveAndDelete ? 2 : 1 }
}

/// Bodies of messages: 200 bytes, each another.
enum Payload {
    private static let filler = String(repeating: "x", count: 200)

    static func body(_ number: Int, caller: Int) -> String {
        let start = "{\"job_id\":\"\(caller)-\(number)\",\"text\":\""
        return start + filler.prefix(max(0, 198 - start.utf8.count)) + "\"}"
    }
}

/// The shares of callers that divide a number of rounds between them.
func share(of rounds: Int, caller: Int, callers: Int) -> Int {
    rounds / callers + (caller < rounds % callers ? 1 : 0)
}
