import JSON
import Queueing

extension Operation {
    static let sendMessage = Operation(
        "SendMessage", input: [.init("QueueUrl", .string)] + MessageEntry.sent, output: MessageEntry.answerMembers
    ) { call in
        let queue = try await call.queue()
        let limit = try await queue.configuration().maximumMessageBytes
        let message = try MessageEntry.outgoing(call.input, limit: limit)
        return .object(MessageEntry.answer(try await queue.send(message), message))
    }
}
