import Foundation
import JSON
import SpeakModel
import XML

/// What a service says of a call that it did not do.
///
/// It is an error that the stores know the codes of; what they do not know becomes a ``ServiceError``.
struct ServiceFault: Error, Hashable {
    /// The error's name, without its namespace.
    var code: String
    var message: String
    var status: Int
    /// The whole of it, for errors that carry more than a sentence.
    var json: JSONValue?
    /// Whether an attempt before this one may have been done already.
    var isAfterUncertainty = false

    /// Reads JSON as SQS and DynamoDB write it, or XML as S3 and STS do.
    ///
    /// An answer of neither kind, from a proxy perhaps, has its status as its code.
    init(_ answer: TransportAnswer) {
        status = answer.status
        // Not JSON, not XML: then the status is all that is known.
        if let json = try? JSONValue(parsing: answer.body), json.object != nil {
            let type = json["__type"]?.string ?? answer["x-amzn-errortype"] ?? "\(answer.status)"
            code = Self.withoutNamespace(type)
            message = (json["message"] ?? json["Message"])?.string ?? ""
            self.json = json
            // What is no XML either has its status as its code.
        } else if let tree = try? XMLElement(parsing: answer.body) {
            let error = tree.name == "Error" ? tree : tree["Error"]
            code = error?.text("Code") ?? "\(answer.status)"
            message = error?.text("Message") ?? ""
        } else {
            code = "\(answer.status)"
            message = answer.body.isEmpty ? "" : String(decoding: answer.body.prefix(200), as: UTF8.self)
        }
    }

    /// `com.amazonaws.sqs#QueueDoesNotExist:http://…` is `QueueDoesNotExist`.
    private static func withoutNamespace(_ type: String) -> String {
        let name = type.split(separator: "#").last ?? ""
        return String(name.prefix { $0 != ":" })
    }
}

extension ServiceFault {
    private static let throttling: Set = [
        "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottled", "RequestThrottledException",
        "TooManyRequestsException", "ProvisionedThroughputExceededException", "RequestLimitExceeded",
        "BandwidthLimitExceeded", "LimitExceededException", "PriorRequestNotComplete", "SlowDown",
        "KMS.ThrottlingException",
        "KmsThrottled", "TransactionInProgressException", "TransactionConflictException",
    ]
    private static let expired: Set = ["ExpiredToken", "ExpiredTokenException", "RequestExpired"]
    private static let refused: Set = [
        "InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId", "SignatureDoesNotMatch",
        "InvalidSignatureException", "MissingAuthenticationToken", "MissingAuthenticationTokenException",
        "IncompleteSignature", "InvalidToken", "AuthFailure", "AuthorizationHeaderMalformed",
    ]
    private static let forbidden: Set = [
        "AccessDenied", "AccessDeniedException", "NotAuthorized", "UnauthorizedOperation", "AllAccessDisabled",
        "OptInRequired", "AccountProblem", "KMS.AccessDeniedException", "KmsAccessDenied",
    ]

    /// What may be done about it.
    func attempt(_ answer: TransportAnswer) -> AttemptFailure {
        if Self.throttling.contains(code) || status == 429 { return .throttled(after: Self.pause(answer)) }
        if Self.expired.contains(code) { return .expired }
        if isAboutTime { return .skewed }
        if status >= 500 || code == "RequestTimeout" || code == "RequestTimeoutException" {
            return .uncertain(isTimeout: false)
        }
        return .final
    }

    /// `Signature expired: …` and `Signature not yet current: …` come under the codes of wrong signatures.
    private var isAboutTime: Bool {
        if ["RequestTimeTooSkewed", "RequestInTheFuture"].contains(code) { return true }
        return Self.refused.contains(code)
            && (message.hasPrefix("Signature expired") || message.hasPrefix("Signature not yet current"))
    }

    /// Whether it is about what was asked for, not about who asks, when, or the service's state.
    var isForCaller: Bool {
        if case .refused = error(.sqs) { true } else { false }
    }

    func error(_ service: Service) -> ServiceError {
        if Self.throttling.contains(code) || status == 429 { return .throttled(service: service.name, code: code) }
        if Self.expired.contains(code) { return .credentialsExpired(service: service.name) }
        if isAboutTime { return .clockIsWrong(service: service.name) }
        if Self.refused.contains(code) { return .credentialsRefused(service: service.name, code: code) }
        if Self.forbidden.contains(code) || status == 403 && code == "403" {
            return .forbidden(service: service.name, message: message.isEmpty ? "access is denied." : message)
        }
        if status >= 500 { return .failing(service: service.name, status: status, code: code) }
        return .refused(service: service.name, code: code, message: message, status: status)
    }

    /// What the service asks to wait.
    private static func pause(_ answer: TransportAnswer) -> Duration? {
        if let milliseconds = answer["x-amz-retry-after"].flatMap({ Int($0) }) { return .milliseconds(milliseconds) }
        return answer["Retry-After"].flatMap { Int($0) }.map { .seconds($0) }
    }
}
