package import JSON
import SpeakModel
package import Telemetry
package import Workers

/// What a worker process tells its supervisor: one line of JSON each.
package enum WorkerReport: Hashable, Sendable {
    /// It has all it needs, and takes jobs from now on.
    case receiving
    /// It cannot begin, and exits.
    case cannotStart(StartFailure)
    case job(JobEvent)
    /// So many requests to a service more.
    case calls(OutgoingCall, count: Int)

    /// No report is longer.
    static let mostBytes = 4096
    private static let countsOfCalls = 1...1_000_000_000
    /// So that even escaped it fits.
    private static let mostScalarsOfReason = 600

    package var json: JSONValue {
        switch self {
        case .receiving: ["receiving": true]
        case .cannotStart(let failure):
            [
                "status": .number(Int(failure.status)),
                "reason": .string(String(failure.description.unicodeScalars.prefix(Self.mostScalarsOfReason))),
            ]
        case .job(let event):
            [
                "outcome": .string(event.outcome.rawValue), "kind": event.kind.map { .string($0.rawValue) } ?? nil,
                "queue": .string(event.queue), "seconds": .number(event.duration / .seconds(1)),
                "attempt": .number(event.attempt), "dead_letter": .bool(event.isDeadLetter),
            ]
        case .calls(let call, let count):
            [
                "service": .string(call.service), "operation": .string(call.operation),
                "answer": call.status.map { .number($0) } ?? nil, "calls": .number(count),
            ]
        }
    }

    /// - Returns: `nil` for what is no report.
    package init?(parsing bytes: [UInt8]) {
        guard let json = try? JSONValue(parsing: bytes) else { return nil }  // Whoever sent it is out of order.
        if json["receiving"] == true {
            self = .receiving
        } else if let status = json["status"]?.int.flatMap(Int32.init(exactly:)), let reason = json["reason"]?.string {
            self = .cannotStart(StartFailure(status: status, description: reason))
        } else if let event = JobEvent(json) {
            self = .job(event)
        } else if let call = OutgoingCall(json), let count = json["calls"]?.int,
            Self.countsOfCalls.contains(count)
        {
            self = .calls(call, count: count)
        } else {
            return nil
        }
    }
}

extension JobEvent {
    fileprivate init?(_ json: JSONValue) {
        guard let outcome = json["outcome"]?.string.flatMap(Outcome.init(rawValue:)),
            let queue = json["queue"]?.string, let attempt = json["attempt"]?.int,
            let seconds = json["seconds"]?.double, seconds.isFinite
        else { return nil }
        self.init(
            outcome: outcome, kind: json["kind"]?.string.flatMap(JobKind.init(rawValue:)), queue: queue,
            duration: .seconds(seconds), attempt: attempt, isDeadLetter: json["dead_letter"] == true)
    }
}

extension OutgoingCall {
    fileprivate init?(_ json: JSONValue) {
        guard let service = json["service"]?.string, let operation = json["operation"]?.string,
            max(service.utf8.count, operation.utf8.count) <= Self.longestName
        else { return nil }
        self.init(service: service, operation: operation, status: json["answer"]?.int)
    }

    private static let longestName = 64
}
