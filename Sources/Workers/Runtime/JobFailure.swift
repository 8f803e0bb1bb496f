import Acoustics
import Documents
import Objects
import Pronunciation
import Queueing
import Speech

/// Why a job could not be done, by what shall happen now.
///
/// The reason is a sentence for AsyncJobStatus.error.
package enum JobFailure: Error, Hashable {
    /// Something beyond the job is out of order; the same job may succeed later.
    case retry(reason: String)
    /// The job can never succeed as it is.
    case giveUp(reason: String)
    /// It is too early; ask again after a while, without counting an attempt.
    case snooze(Duration, reason: String)

    package var reason: String {
        switch self {
        case .retry(let reason), .giveUp(let reason), .snooze(_, let reason): reason
        }
    }
}

extension JobFailure {
    /// What an error of a lower module means for a job.
    ///
    /// What nobody foresaw is tried again.
    package init(classifying error: any Error) {
        switch error {
        case let failure as JobFailure: self = failure
        case let error as AudioError where error.isTransient: self = .retry(reason: error.description)
        case let error as AudioError: self = .giveUp(reason: error.description)
        case let error as SpeechError: self = .giveUp(reason: error.description)
        case let error as PronunciationError: self = .giveUp(reason: error.description)
        case ObjectError.unavailable(let reason): self = .retry(reason: reason)
        case ObjectError.refused: self = .retry(reason: "\(error)")
        case let error as ObjectError: self = .giveUp(reason: error.description)
        case DocumentError.invalid(let reason): self = .giveUp(reason: "The tables refused the result: \(reason)")
        case let error as DocumentError: self = .retry(reason: "The tables refused a call: \(error).")
        case let error as QueueError: self = .retry(reason: error.description)
        default: self = .retry(reason: "Something unforeseen went wrong: \(error).")
        }
    }
}
