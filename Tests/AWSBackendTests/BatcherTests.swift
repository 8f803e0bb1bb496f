import Synchronization
import Testing

@testable import AWSBackend

@Suite("calls that go together", .timeLimit(.minutes(1)))
struct BatcherTests {
    /// A service whose batches wait until a test lets them go.
    private final class Gate: Sendable {
        private struct State {
            var batches: [[Int]] = []
            var waiting: [CheckedContinuation<Void, Never>] = []
            var isOpen = false
        }

        private let state = Mutex(State())
        let arrivals: AsyncStream<Int>
        private let arriving: AsyncStream<Int>.Continuation

        init() { (arrivals, arriving) = AsyncStream.makeStream() }

        func pass(_ batch: [Int]) async -> [Int] {
            await withCheckedContinuation { continuation in
                let isOpen = state.withLock { state in
                    state.batches.append(batch)
                    if !state.isOpen { state.waiting.append(continuation) }
                    arriving.yield(state.batches.count)
                    return state.isOpen
                }
                if isOpen { continuation.resume() }
            }
            return batch.map { $0 * 10 }
        }

        func open() {
            let waiting = state.withLock { state in
                state.isOpen = true
                return state.waiting
            }
            for continuation in waiting { continuation.resume() }
        }

        var batches: [[Int]] { state.withLock { $0.batches } }
    }

    @Test("a lone call goes at once; those that meet taken places share batches, whole and in order")
    func together() async throws {
        let gate = Gate()
        let batcher = Batcher<Int, Int>(places: 1) { await gate.pass($0) }
        let first = Task { try await batcher.submit([0]) }
        for await count in gate.arrivals where count == 1 { break }
        let others = (1...8).map { number in Task { try await batcher.submit([number, number + 100, number + 200]) } }
        while await batcher.waitingCount < 8 { await Task.yield() }
        gate.open()
        #expect(try await first.value == [0])
        for (index, other) in others.enumerated() {
            #expect(try await other.value == [(index + 1) * 10, (index + 101) * 10, (index + 201) * 10])
        }
        #expect(gate.batches.map(\.count) == [1, 9, 9, 6])
    }

    @Test("a batch is not heavier than it may be, unless by one call")
    func weight() async throws {
        let gate = Gate()
        let batcher = Batcher<Int, Int>(places: 1, maximumWeight: 100, weight: { $0 }, send: { await gate.pass($0) })
        let first = Task { try await batcher.submit([1]) }
        for await count in gate.arrivals where count == 1 { break }
        var others: [Task<[Int], any Error>] = []
        for (count, weight) in [60, 30, 20, 500, 1].enumerated() {
            others.append(Task { try await batcher.submit([weight]) })
            while await batcher.waitingCount <= count { await Task.yield() }
        }
        gate.open()
        _ = try await first.value
        for other in others { _ = try await other.value }
        #expect(gate.batches == [[1], [60, 30], [20], [500], [1]])
    }

    @Test("a failure reaches everybody in the batch, and the next ones go on")
    func failure() async throws {
        struct Broken: Error {}
        let batcher = Batcher<Int, Int>(places: 2) { batch in
            if batch.contains(13) { throw Broken() }
            return batch
        }
        await #expect(throws: Broken.self) { try await batcher.submit([13]) }
        #expect(try await batcher.submit([1, 2]) == [1, 2])
    }
}
