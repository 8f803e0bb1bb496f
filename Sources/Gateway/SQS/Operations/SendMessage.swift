import JSON
import Queueing

extension Operation {
    static let sendMessage = Operation(
        "SendMessage", input: [.init("QueueUrl", .string)] + MessageEntry.sent, output: MessageEntry.answerMembers
    ) { call in
        let queue = try await call.queue()
        let message = try MessageEntry.outgoing(call.input, to: try await queue.configuration())
        let sent = try await queue.send([message.traced(by: call.traceHeader)])[0]
        return .object(MessageEntry.answer(sent, message))
    }
}
