import Queueing

/// Why a service did not do what it was asked, by who can act.
package enum ServiceError: Error, Hashable {
    /// Nothing listens there, or the name is unknown; nothing was sent.
    case unreachable(endpoint: String, reason: String)
    /// The request was sent, and no answer came: it may have been done.
    case interrupted(endpoint: String, reason: String)
    case timedOut(endpoint: String, seconds: Int)
    /// The service asked for fewer requests, and went on asking.
    case throttled(service: String, code: String)
    /// The service has trouble of its own.
    case failing(service: String, status: Int, code: String)
    /// No place had credentials.
    case noCredentials(tried: String)
    /// The key is unknown, or its secret is another.
    case credentialsRefused(service: String, code: String)
    case credentialsExpired(service: String)
    /// The caller is known, and may not.
    case forbidden(service: String, message: String)
    /// Clocks here and there differ by more than a signature may.
    case clockIsWrong(service: String)
    /// A file, a variable or an address that cannot be used.
    case badConfiguration(String)
    /// The service refused the call by an error of its own.
    case refused(service: String, code: String, message: String, status: Int)
    /// The answer is not what the service's reference says.
    case unreadable(service: String, reason: String)
}

extension ServiceError: OperatorError {
    /// A fixed word a case, safe as a metric's label.
    package var label: String {
        switch self {
        case .unreachable: "unreachable"
        case .interrupted: "interrupted"
        case .timedOut: "timed_out"
        case .throttled: "throttled"
        case .failing: "failing"
        case .noCredentials: "no_credentials"
        case .credentialsRefused: "credentials_refused"
        case .credentialsExpired: "credentials_expired"
        case .forbidden: "forbidden"
        case .clockIsWrong: "clock_is_wrong"
        case .badConfiguration: "bad_configuration"
        case .refused: "refused"
        case .unreadable: "unreadable"
        }
    }

    /// Whether the same call may succeed later without anybody's doing.
    package var isTransient: Bool {
        switch self {
        case .unreachable, .interrupted, .timedOut, .throttled, .failing: true
        default: false
        }
    }

    package var description: String {
        switch self {
        case .unreachable(let endpoint, let reason): "Nothing answers at \(endpoint): \(reason)."
        case .interrupted(let endpoint, let reason): "The connection to \(endpoint) ended before an answer: \(reason)."
        case .timedOut(let endpoint, let seconds): "No answer came from \(endpoint) within \(seconds) s."
        case .throttled(let service, let code): "\(service) takes no more requests now (\(code))."
        case .failing(let service, let status, let code): "\(service) failed with status \(status) (\(code))."
        case .noCredentials(let tried):
            "There are no AWS credentials: tried \(tried). Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE."
        case .credentialsRefused(let service, let code):
            "\(service) does not accept the AWS credentials (\(code)): check the access key and its secret."
        case .credentialsExpired(let service): "The AWS credentials have expired, says \(service): get new ones."
        case .forbidden(let service, let message): "The AWS credentials may not do this, says \(service): \(message)"
        case .clockIsWrong(let service): "This machine's clock differs too much from \(service)'s: set it."
        case .badConfiguration(let sentence): sentence
        case .refused(let service, let code, let message, let status):
            "\(service) refused the call (\(status), \(code)): \(message)"
        case .unreadable(let service, let reason): "\(service)'s answer cannot be understood: \(reason)"
        }
    }
}
