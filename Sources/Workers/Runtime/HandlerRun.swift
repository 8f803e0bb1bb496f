import Synchronization

/// One run of a handler, watched: it ends by itself, or somebody ends it.
///
/// A handler that is cancelled and does not return within the grace period is left alone: its thread cannot be taken from
/// it, so only the end of the process ends it.
struct HandlerRun: Sendable {
    enum Interruption: Hashable, Sendable { case timedOut, leaseLost, handBack }

    enum Ending: Sendable {
        case finished(Result<Outcome, any Error>)
        case interrupted(Interruption, isStuck: Bool)
    }

    private enum Signal: Sendable {
        case finished(Result<Outcome, any Error>)
        case interrupt(Interruption)
        case graceIsOver
    }

    let timeout: Duration
    let grace: Duration
    let leaseLost: OneTimeEvent
    let handBack: OneTimeEvent

    func callAsFunction(_ body: @escaping @Sendable () async throws -> Outcome) async -> Ending {
        let (signals, sending) = AsyncStream.makeStream(of: Signal.self)
        let work = Task(executorPreference: HandlerThread()) {
            _ = sending.yield(.finished(await Self.result(of: body)))
        }
        let limit = Task { await Self.send(.interrupt(.timedOut), after: timeout, to: sending) }
        leaseLost.tell { sending.yield(.interrupt(.leaseLost)) }
        handBack.tell { sending.yield(.interrupt(.handBack)) }
        defer { limit.cancel() }
        return await ending(of: work, signals, sending)
    }

    private func ending(
        of work: Task<Void, Never>, _ signals: AsyncStream<Signal>, _ sending: AsyncStream<Signal>.Continuation
    ) async -> Ending {
        var interruption: Interruption?
        var patience: Task<Void, Never>?
        defer { patience?.cancel() }
        // The stream does not end: of the signals, one always comes.
        for await signal in signals {
            switch signal {
            case .finished(let result): return Self.ending(result, interruption)
            case .interrupt(let reason) where interruption == nil:
                interruption = reason
                work.cancel()
                patience = Task { await Self.send(.graceIsOver, after: grace, to: sending) }
            case .interrupt(.leaseLost): interruption = .leaseLost
            case .interrupt: break
            case .graceIsOver: return .interrupted(interruption ?? .handBack, isStuck: true)
            }
        }
        return .interrupted(.handBack, isStuck: false)
    }

    /// An outcome that was there before the handler saw that it should stop is as good as any, with a lease.
    private static func ending(_ result: Result<Outcome, any Error>, _ interruption: Interruption?) -> Ending {
        guard let interruption else { return .finished(result) }
        if case .success = result, interruption != .leaseLost { return .finished(result) }
        return .interrupted(interruption, isStuck: false)
    }

    private static func result(of body: () async throws -> Outcome) async -> Result<Outcome, any Error> {
        do { return .success(try await body()) } catch { return .failure(error) }
    }

    private static func send(
        _ signal: Signal, after duration: Duration, to signals: AsyncStream<Signal>.Continuation
    ) async {
        do { try await Task.sleep(for: duration) } catch { return }
        signals.yield(signal)
    }
}
