import Synchronization
import Testing

@testable import Gateway

@Suite("Whether work can be done")
struct ReadinessTests {
    @Test("a store that does not answer is not ready, and is not asked again meanwhile", .timeLimit(.minutes(1)))
    func stuck() async {
        let (releases, release) = AsyncStream.makeStream(of: Void.self)
        let asked = Mutex(0)
        let readiness = Readiness(
            {
                asked.withLock { $0 += 1 }
                for await _ in releases {}
                return nil
            }, patience: .milliseconds(20))
        for _ in 0..<3 { #expect(await readiness.problem()?.contains("not answered") == true) }
        #expect(asked.withLock { $0 } == 1)
        release.finish()
        while await readiness.problem() != nil {}
    }

    @Test("what was found counts for a second")
    func cached() async {
        let asked = Mutex(0)
        let readiness = Readiness {
            asked.withLock { $0 += 1 }
            return "The disk is full."
        }
        for _ in 0..<3 { #expect(await readiness.problem() == "The disk is full.") }
        #expect(asked.withLock { $0 } == 1)
    }
}
