package import Documents
import Foundation
import HTTPTypes
import JSON
package import Logging
package import Queueing

/// Finds what a request asks for, has it done, and puts the answer or the error in the words of its protocol.
///
/// This is the one place where errors become answers.
package struct Dispatcher: Sendable {
    private let queues: any QueueService
    private let documents: any DocumentStore
    private let cooldowns: Cooldowns
    /// `nil` where everybody may call.
    private let signatures: SignatureCheck?
    private let pages: Pages
    private let metrics: HTTPMetrics
    private let logger: Logger

    /// - Parameters:
    ///   - keys: Who may call; everybody, if `nil`.
    ///   - cooldowns: Whether a minute must pass between purges of a queue and after its deletion, as at AWS.
    ///   - pages: What the pages under `/-/` are made of.
    package init(
        queues: any QueueService, documents: any DocumentStore, keys: AccessKeys?, cooldowns: Bool,
        pages: PageSources = PageSources(), logger: Logger
    ) {
        self.init(
            queues: queues, documents: documents, keys: keys, cooldowns: cooldowns, pages: pages,
            metrics: HTTPMetrics(), logger: logger)
    }

    init(
        queues: any QueueService, documents: any DocumentStore, keys: AccessKeys?, cooldowns: Bool,
        pages: PageSources, metrics: HTTPMetrics, logger: Logger
    ) {
        self.queues = queues
        self.documents = documents
        self.cooldowns = Cooldowns(isOff: !cooldowns)
        signatures = keys.map { SignatureCheck(keys: $0, now: { Date() }) }
        self.pages = Pages(
            pages, keys: keys, metrics: { try await pages.metrics() + metrics.families }, logger: logger)
        self.metrics = metrics
        self.logger = logger
    }

    /// What the JSON protocol can be asked for, by the values of its target header.
    package static let targets: [String] = services.flatMap { _, prefix, operations in
        operations.keys.sorted().map { prefix + $0 }
    }

    package func answer(_ request: WireRequest) async -> WireAnswer {
        let start = ContinuousClock.now
        let answer = await unmeasuredAnswer(request)
        metrics.observe(answer.operation, status: answer.status.code, since: start)
        return answer
    }

    private func unmeasuredAnswer(_ request: WireRequest) async -> WireAnswer {
        if Self.isForPeople(request) { return await pages.answer(request) }
        if request.method == .get || request.method == .head, request.target == "/" {
            return WireAnswer(headers: [.contentType: "text/plain"], body: Array("healthy: \(request.authority)".utf8))
        }
        let requestID = RequestID.next()
        if let target = request.operationTarget { return await json(request, target, requestID) }
        return await query(request, requestID)
    }

    /// Whether a request is for what is not AWS's: no bucket has such a name.
    static func isForPeople(_ request: WireRequest) -> Bool { request.path.hasPrefix("/-/") }
}

/// AWS JSON 1.0.
extension Dispatcher {
    private func json(_ request: WireRequest, _ target: String, _ requestID: String) async -> WireAnswer {
        var answer = WireAnswer(
            headers: [.contentType: "application/x-amz-json-1.0", .amznRequestID: requestID])
        do {
            try signatures?.check(request)
            guard let (service, operation) = Self.operation(target) else { throw AWSError.unknownOperation(target) }
            answer.operation = .init(service: service, name: operation.name)
            answer.body = try await run(operation, try Self.input(request.body, operation), request).text
        } catch {
            let error = described(error)
            answer.status = .init(code: error.status)
            if target.hasPrefix(SQSService.targetPrefix) {
                answer.headers[.amznQueryError] = "\(error.code);\(error.isSender ? "Sender" : "Receiver")"
            }
            let members: [String: JSONValue] = [
                "__type": .string("\(error.namespace)#\(error.name)"), "message": .string(error.message),
            ]
            answer.body = JSONValue.object(members.merging(error.details) { $1 }).utf8
        }
        return answer
    }

    private static func operation(_ target: String) -> (service: String, Operation)? {
        for (service, prefix, operations) in services where target.hasPrefix(prefix) {
            return operations[String(target.dropFirst(prefix.count))].map { (service, $0) }
        }
        return nil
    }

    private static let services = [
        ("sqs", SQSService.targetPrefix, SQSService.operations),
        ("dynamodb", DynamoDBService.targetPrefix, DynamoDBService.operations),
    ]

    private static func input(_ body: [UInt8], _ operation: Operation) throws(AWSError) -> JSONValue {
        if body.isEmpty { return [:] }
        let input: JSONValue
        do { input = try JSONValue(parsing: body) } catch { throw .serialization(error.description) }
        guard input.object != nil else { throw .serialization("Unexpected field type") }
        try JSONCheck.check(input, operation.input)
        return input
    }
}

/// The older Query protocol: a form in, XML or JSON out.
extension Dispatcher {
    private func query(_ request: WireRequest, _ requestID: String) async -> WireAnswer {
        let isJSON = request.headers[.accept] == "application/json"
        var form = QueryAnswer(isJSON: isJSON, namespace: SQSService.namespace, requestID: requestID)
        var answer = WireAnswer(headers: [.contentType: form.contentType, .amznRequestID: requestID])
        do {
            try signatures?.check(request)
            let input = try Self.form(request)
            guard let action = input["Action"] else {
                if request.isForQueue { return Self.noOperation(requestID) }
                throw AWSError("MissingAction", "The request must contain the parameter Action.")
            }
            if STSService.operations[action] != nil { form.namespace = STSService.namespace }
            guard let operation = SQSService.operations[action] ?? STSService.operations[action],
                !request.isForQueue || operation.isForQueue
            else { throw AWSError.unknownOperation(action) }
            answer.operation = .init(
                service: STSService.operations[action] == nil ? "sqs" : "sts", name: operation.name)
            guard case .value(let value) = try await run(operation, try Self.input(input, operation, request), request)
            else { throw AWSError.internalFailure }
            answer.body = form.result(of: action, value, operation.output)
        } catch {
            let error = described(error)
            answer.status = .init(code: error.status)
            answer.body = form.error(error)
        }
        return answer
    }

    /// What AWS says at a queue's URL to a request that asks for nothing.
    private static func noOperation(_ requestID: String) -> WireAnswer {
        WireAnswer(
            status: .notFound, headers: [.contentType: "text/xml", .amznRequestID: requestID],
            body: Array("<UnknownOperationException/>".utf8))
    }

    private static func input(
        _ form: QueryForm, _ operation: Operation, _ request: WireRequest
    ) throws(AWSError) -> JSONValue {
        let input = try form.value(as: operation.input)
        guard case .object(var members) = input, members["QueueUrl"] == nil, request.isForQueue else { return input }
        // The form may be sent to the queue's own URL.
        members["QueueUrl"] = .string(String(request.path))
        return .object(members)
    }

    private static func form(_ request: WireRequest) throws(AWSError) -> QueryForm {
        guard request.method == .post else { return try QueryForm(request.query) }
        guard let text = String(validating: request.body, as: UTF8.self) else {
            throw AWSError("MalformedQueryString", "The query string contains a syntax error.", status: 404)
        }
        return try QueryForm(text.isEmpty ? String(request.query) : text)
    }
}

extension Dispatcher {
    private func run(_ operation: Operation, _ input: JSONValue, _ request: WireRequest) async throws
        -> Operation.Answer
    {
        try await operation.run(Call(input, request, queues: queues, documents: documents, cooldowns: cooldowns))
    }

    private func described(_ error: any Error) -> AWSError {
        switch error {
        case let error as AWSError: return error
        case let error as QueueError: return AWSError(error)
        case let error as DocumentError: return AWSError(error)
        default:
            logger.error("request failed", metadata: ["error": "\(error)"])
            return .internalFailure
        }
    }
}
