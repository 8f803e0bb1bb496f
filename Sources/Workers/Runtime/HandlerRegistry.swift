import Documents
import SpeakModel

/// The handlers of a worker, one a kind.
package struct HandlerRegistry: Sendable {
    private let handlers: [JobKind: any JobHandler]

    package init(_ handlers: [any JobHandler]) {
        self.handlers = Dictionary(handlers.map { ($0.kind, $0) }) { first, _ in
            preconditionFailure("Two handlers for \(first.kind.rawValue).")
        }
    }

    func handle(_ document: JobDocument, job: JobContext) async throws -> Outcome {
        guard let handler = handlers[document.kind] else {
            throw JobFailure.giveUp(reason: "This worker has no handler for \(document.kind.rawValue).")
        }
        return try await handler.handle(anyPayload: document.payload, job: job)
    }

    func failureWrites(_ document: JobDocument, job: JobContext, reason: String) -> [DocumentWrite] {
        handlers[document.kind]?.failureWrites(anyPayload: document.payload, job: job, reason: reason) ?? []
    }
}

extension JobHandler {
    fileprivate var kind: JobKind { Payload.kind }

    fileprivate func handle(anyPayload payload: any JobPayload, job: JobContext) async throws -> Outcome {
        try await handle(own(payload), job: job)
    }

    fileprivate func failureWrites(
        anyPayload payload: any JobPayload, job: JobContext, reason: String
    ) -> [DocumentWrite] {
        failureWrites(own(payload), job: job, reason: reason)
    }

    private func own(_ payload: any JobPayload) -> Payload {
        guard let payload = payload as? Payload else {
            preconditionFailure("A \(kind.rawValue) document holds a payload of another kind.")
        }
        return payload
    }
}
