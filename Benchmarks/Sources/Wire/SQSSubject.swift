import Foundation

/// A server that speaks SQS's JSON protocol, called over HTTP with a connection a caller.
///
/// Requests carry a signature that nobody checks here: some servers route by it.
struct SQSSubject: QueueSubject {
    let server: ServerProcess
    private let queueURL: String

    static func ours(in path: String) async throws -> SQSSubject { try SQSSubject(try .speaktracker(in: path)) }

    static func moto(in path: String, countingSyncs: Bool) async throws -> SQSSubject {
        try SQSSubject(
            try ServerProcess("moto_server", countingSyncsIn: countingSyncs ? path : nil) { ["-p", "\($0)"] })
    }

    init(_ server: ServerProcess) throws {
        self.server = server
        let session = try HTTPSession(port: server.port)
        let answer = try session.call("CreateQueue", #"{"QueueName":"benchmark"}"#)
        queueURL = try Self.value("QueueUrl", in: answer)
    }

    func run(_ load: QueueLoad, rounds: Int, callers: Int) async throws {
        try await onThreads(callers) { caller in
            let session = try HTTPSession(port: server.port)
            for round in 0..<share(of: rounds, caller: caller, callers: callers) {
                if load != .receiveAndDelete { try send(WirePayload.body(round, caller: caller), over: session) }
                if load != .send {
                    let receipt = try receive(over: session)
                    _ = try session.call(
                        "DeleteMessage",
                        #"{"QueueUrl":"\#(queueURL)","ReceiptHandle":"\#(receipt)"}"#)
                }
            }
        }
    }

    func send(_ body: String, over session: HTTPSession) throws {
        _ = try session.call("SendMessage", #"{"QueueUrl":"\#(queueURL)","MessageBody":"\#(body)"}"#)
    }

    /// Waits for a message.
    ///
    /// - Returns: Its receipt.
    func receive(over session: HTTPSession, timeout: Int = 30) throws -> String {
        let answer = try session.call(
            "ReceiveMessage",
            #"{"QueueUrl":"\#(queueURL)","WaitTimeSeconds":20,"VisibilityTimeout":\#(timeout)}"#)
        return try Self.value("ReceiptHandle", in: answer)
    }

    /// Begins to wait for a message, and does not wait for the answer.
    func beginReceive(over session: HTTPSession) throws {
        try session.begin("ReceiveMessage", #"{"QueueUrl":"\#(queueURL)","WaitTimeSeconds":20}"#)
    }

    func endReceive(over session: HTTPSession) throws { _ = try session.end() }

    func batch(_ bodies: [String], over session: HTTPSession) throws {
        let entries = bodies.enumerated().map { #"{"Id":"\#($0.offset)","MessageBody":"\#($0.element)"}"# }
        _ = try session.call(
            "SendMessageBatch",
            #"{"QueueUrl":"\#(queueURL)","Entries":[\#(entries.joined(separator: ","))]}"#)
    }

    private static func value(_ name: String, in answer: String) throws -> String {
        let parts = answer.split(separator: "\"", omittingEmptySubsequences: false)
        guard let index = parts.firstIndex(where: { $0 == name }), parts.count > index + 2 else {
            throw BenchmarkError("no \(name) in \(answer)")
        }
        return String(parts[index + 2])
    }

    func syncs() throws -> Int? { try server.syncs() ?? ServerMetrics(of: server)?.syncedCommits }

    func stop() throws { try server.stop() }
}

/// Bodies of messages: 300 bytes, each another, without a character that JSON escapes.
enum WirePayload {
    private static let filler = String(repeating: "x", count: 300)

    static func body(_ number: Int, caller: Int) -> String {
        let start = "job \(caller)-\(number): "
        return start + filler.prefix(300 - start.utf8.count)
    }
}
