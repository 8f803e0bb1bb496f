import Foundation
import HTTPTypes
import Hummingbird
import JSON
import Logging
import NIOCore
import Objects
import SpeakModel
import XML

/// Has done what a request to S3 asks for, and puts the answer or the error in S3's words.
struct S3Dispatcher: Sendable {
    private let objects: any ObjectService
    private let access: S3Access
    private let domains: [String]
    private let metrics: HTTPMetrics
    private let logger: Logger

    /// - Parameter domains: Names whose subdomains are buckets, beside those of AWS.
    init(objects: any ObjectService, keys: AccessKeys?, domains: [String], metrics: HTTPMetrics, logger: Logger) {
        self.objects = objects
        access = S3Access(keys: keys, now: { Date() })
        self.domains = domains
        self.metrics = metrics
        self.logger = logger
    }

    /// Whether a request is to S3 and not to SQS, DynamoDB or STS, which all live at one address.
    ///
    /// A target header is never S3's, and whoever signs says the service. Without a signature it is S3 unless the request
    /// has an `Action` or looks like a form.
    func isFor(_ request: WireRequest) -> Bool {
        if request.operationTarget != nil { return false }
        let query = CanonicalQuery(request.query)
        let credential = request.credential ?? query["X-Amz-Credential"]?.split(separator: "/") ?? []
        if credential.count >= 5 { return credential[credential.count - 2] == "s3" }
        if query["AWSAccessKeyId"] != nil { return true }
        if query["Action"] != nil { return false }
        let isForm = request.headers[.contentType]?.hasPrefix("application/x-www-form-urlencoded") ?? false
        if request.method == .post, isForm, query["delete"] == nil, query["uploads"] == nil, query["uploadId"] == nil {
            return false
        }
        let isInHost = BucketAddress.bucket(ofHost: request.authority, domains) != nil
        return isInHost || (request.path != "/" && !request.isForQueue)
    }

    /// - Parameter channel: The connection that the answer goes by.
    func answer(_ request: WireRequest, _ body: RequestBody, on channel: any Channel) async -> Response {
        let start = ContinuousClock.now
        var operation = OperationLabel(service: "s3")
        let response = await answer(request, body, on: channel, &operation)
        metrics.observe(operation, status: response.status.code, since: start)
        return response
    }

    private func answer(
        _ request: WireRequest, _ body: RequestBody, on channel: any Channel, _ label: inout OperationLabel
    ) async -> Response {
        let requestID = RequestID.next()
        var call: S3Call?
        var answer: S3Answer
        do {
            let found = try await self.call(request, body)
            call = found
            if request.method == .options {
                label.name = "Preflight"
                answer = try await CORS.preflight(found)
            } else {
                let operation = try S3Service.operation(for: found)
                label.name = operation.name
                answer = try await operation.run(found)
            }
        } catch {
            answer = Self.answer(described(error), request, requestID)
        }
        if request.method != .options, let call { await CORS.addHeaders(to: &answer.headers, call) }
        answer.headers[.amzRequestID] = requestID
        answer.headers[.amzID2] = requestID
        do {
            return try await answer.response(isHead: request.method == .head, on: channel)
        } catch {
            var failure = Self.answer(described(error), request, requestID)
            failure.headers[.amzRequestID] = requestID
            // An answer of bytes cannot fail.
            return (try? await failure.response(isHead: request.method == .head, on: channel))
                ?? Response(status: .internalServerError)
        }
    }

    private func call(_ request: WireRequest, _ body: RequestBody) async throws -> S3Call {
        let address = try BucketAddress(path: request.path, authority: request.authority, domains: domains)
        let query = CanonicalQuery(request.query)
        func call(_ signing: ChunkSigning?) -> S3Call {
            S3Call(
                request: request, address: address, query: query,
                payload: RequestPayload(request.headers, body, signing: signing), objects: objects,
                now: Timestamp.now())
        }
        // A browser asks before it knows of signatures.
        if request.method == .options { return call(nil) }
        switch try access.caller(of: request, query: query, address: address) {
        case .known(let signing): return call(signing)
        case .anonymous:
            let call = call(nil)
            guard try await BucketPolicy.allowsEverybody(call) else { throw AWSError.accessDenied }
            return call
        }
    }

    private func described(_ error: any Error) -> AWSError {
        switch error {
        case let error as AWSError: return error
        case let error as ObjectError:
            if case .unavailable(let reason) = error {
                logger.error("the object store failed", metadata: ["error": "\(reason)"])
            }
            return AWSError(error)
        case is CancellationError: return .serverBusy
        default:
            // A client that goes while it sends a body is nobody's fault.
            logger.debug("request to S3 failed", metadata: ["error": "\(error)"])
            return .s3("InternalError", "We encountered an internal error. Please try again.", status: 500)
        }
    }

    private static func answer(_ error: AWSError, _ request: WireRequest, _ requestID: String) -> S3Answer {
        var writer = XMLWriter()
        writer.element("Error") { writer in
            writer.element("Code", error.code)
            writer.element("Message", error.message)
            for (name, value) in error.details.sorted(by: { $0.key < $1.key }) { writer.element(name, value.string) }
            writer.element("Resource", String(request.path))
            writer.element("RequestId", requestID)
            writer.element("HostId", requestID)
        }
        var answer = S3Answer.document(writer.text)
        answer.status = .init(code: error.status)
        return answer
    }
}

extension S3Answer {
    /// What is read and sent at once; two pieces of this size are in memory while a large body is sent.
    private static let pieceInBytes = 256 << 10

    /// - Parameter channel: The connection that it goes by.
    fileprivate func response(isHead: Bool, on channel: any Channel) async throws -> Response {
        var headers = headers
        switch body {
        case .length(let length): return head(length, headers)
        case .bytes(let bytes):
            if isHead || status == .notModified || status == .noContent {
                if status.code >= 400 { headers[.contentType] = "application/xml" }
                return Response(status: status, headers: headers)
            }
            return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
        case .object(let object, let range):
            if isHead { return head(range.count, headers) }
            if range.count <= Self.pieceInBytes {
                let buffer = range.isEmpty ? ByteBuffer() : try await object.buffer(range)
                return Response(status: status, headers: headers, body: .init(byteBuffer: buffer))
            }
            let first = range.lowerBound..<(range.lowerBound + Self.pieceInBytes)
            let start = try await object.buffer(first)
            let body = ResponseBody(contentLength: range.count) { writer in
                var (buffer, place) = (start, first.upperBound)
                while place < range.upperBound {
                    let next = place..<min(place + Self.pieceInBytes, range.upperBound)
                    // Read while the piece before is sent.
                    async let reading = object.buffer(next)
                    try await writer.write(buffer)
                    // The writer waits for a connection that is full, but not for a loop that has not come to it yet.
                    try await channel.eventLoop.submit {}.get()
                    buffer = try await reading
                    place = next.upperBound
                }
                try await writer.write(buffer)
                try await writer.finish(nil)
            }
            return Response(status: status, headers: headers, body: body)
        }
    }

    private func head(_ length: Int, _ headers: HTTPFields) -> Response {
        var headers = headers
        headers[.contentLength] = String(length)
        return Response(status: status, headers: headers)
    }
}

extension OpenObject {
    fileprivate func buffer(_ range: Range<Int>) async throws -> ByteBuffer {
        try await read(range) { fill in
            var buffer = ByteBufferAllocator().buffer(capacity: range.count)
            try buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: range.count) { memory in
                try fill(UnsafeMutableRawBufferPointer(rebasing: memory[..<range.count]))
                return range.count
            }
            return buffer
        }
    }
}
