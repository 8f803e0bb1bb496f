/// What can go wrong with a queue, by who can act.
package enum QueueError: Error, Hashable {
    /// Another receiver owns the message now, or it is gone; drop the result.
    case leaseLost(MessageID?)
    case noSuchQueue(String)
    /// A queue of that name exists with another configuration.
    case queueExists(String)
    case noDeadLetterQueue(String)
    case messageTooLong(bytes: Int, limit: Int)
    /// Receivers hold as many messages of the queue as they may; delete some, or let leases end.
    case tooManyInFlight(limit: Int)
    /// Messages of the queue are being moved already.
    case moveIsRunning(String)
    case noSuchMove
    /// It has ended.
    case moveIsOver
    /// A documented limit was broken; retrying cannot help.
    case outOfRange(parameter: String, value: String, allowed: String)
    /// The store has no way to do this; the sentence says what it would take.
    case unsupported(String)
    /// The store is unreachable; the same call may succeed later.
    case unavailable(reason: String)

    /// A fixed word a case, safe as a metric's label.
    package var label: String {
        switch self {
        case .leaseLost: "lease_lost"
        case .noSuchQueue: "no_such_queue"
        case .queueExists: "queue_exists"
        case .noDeadLetterQueue: "no_dead_letter_queue"
        case .messageTooLong: "message_too_long"
        case .tooManyInFlight: "too_many_in_flight"
        case .moveIsRunning: "move_is_running"
        case .noSuchMove: "no_such_move"
        case .moveIsOver: "move_is_over"
        case .outOfRange: "out_of_range"
        case .unsupported: "unsupported"
        case .unavailable: "unavailable"
        }
    }
}

extension QueueError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .leaseLost(let id):
            "The lease of message \(id?.description ?? "?") has ended; another receiver may have it."
        case .noSuchQueue(let name): "There is no queue named \(name)."
        case .queueExists(let name): "A queue named \(name) exists with another configuration."
        case .noDeadLetterQueue(let name): "Queue \(name) has no dead-letter queue."
        case .messageTooLong(let bytes, let limit): "The message has \(bytes) bytes; the queue takes \(limit)."
        case .tooManyInFlight(let limit): "Receivers hold \(limit) messages of the queue; it gives out no more."
        case .moveIsRunning(let name): "Messages of queue \(name) are being moved already."
        case .noSuchMove: "There is no such move of messages."
        case .moveIsOver: "The move of messages has ended."
        case .outOfRange(let parameter, let value, let allowed): "\(parameter) is \(value); allowed is \(allowed)."
        case .unsupported(let sentence): sentence
        case .unavailable(let reason): "The queue cannot be reached: \(reason)"
        }
    }
}
