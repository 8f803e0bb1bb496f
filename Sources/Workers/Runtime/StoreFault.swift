import Documents
import Objects
import Queueing

/// What an error of a store asks of a worker that no job is to blame for.
enum StoreFault: Hashable, Sendable {
    /// It passes by itself.
    case passing(String)
    /// Somebody must mend it: credentials, rights, a table or a queue that is not there.
    case lasting(String)

    /// - Returns: `nil` for an error that says something of the one call.
    init?(_ error: any Error) {
        switch error {
        case QueueError.unavailable, QueueError.tooManyInFlight, DocumentError.unavailable, ObjectError.unavailable:
            self = .passing("\(error)")
        case DocumentError.transactionCancelled(let reasons) where reasons.contains(.conflict):
            self = .passing("\(error)")
        case QueueError.noSuchQueue, DocumentError.noSuchTable, ObjectError.noSuchBucket:
            self = .lasting("\(error)")
        case let error as any OperatorError: self = error.isTransient ? .passing("\(error)") : .lasting("\(error)")
        default: return nil
        }
    }

    var isPassing: Bool {
        if case .passing = self { true } else { false }
    }

    var sentence: String {
        switch self {
        case .passing(let sentence), .lasting(let sentence): sentence
        }
    }
}
