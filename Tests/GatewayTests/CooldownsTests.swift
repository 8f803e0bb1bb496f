import SpeakModel
import TestSupport
import Testing

@testable import Gateway

@Suite("the minute after a purge and a deletion")
struct CooldownsTests {
    @Test("a purge waits for a minute after the last one that was done, each queue for its own")
    func purges() throws {
        let clock = TestClock()
        let cooldowns = Cooldowns(isOff: false, now: { clock.now })
        try cooldowns.purged("a")
        try cooldowns.purged("b")
        clock.advance(by: .milliseconds(59_999))
        #expect(throws: AWSError.self) { try cooldowns.purged("a") }
        clock.advance(by: .milliseconds(1))
        try cooldowns.purged("a")
        #expect(throws: AWSError.self) { try cooldowns.purged("a") }
    }

    @Test("a name waits for a minute after its queue was deleted, and its purges are forgotten")
    func deletions() throws {
        let clock = TestClock()
        let cooldowns = Cooldowns(isOff: false, now: { clock.now })
        try cooldowns.checkCreation(of: "a")
        try cooldowns.purged("a")
        cooldowns.deleted("a")
        #expect(throws: AWSError.self) { try cooldowns.checkCreation(of: "a") }
        try cooldowns.checkCreation(of: "b")
        clock.advance(by: .seconds(60))
        try cooldowns.checkCreation(of: "a")
    }

    @Test("whoever turns them off waits for nothing")
    func off() throws {
        let cooldowns = Cooldowns(isOff: true)
        for _ in 0..<2 {
            try cooldowns.purged("a")
            cooldowns.deleted("a")
            try cooldowns.checkCreation(of: "a")
        }
    }

    @Test("no two requests have one name, whoever asks at once")
    func requestIDs() async {
        let names = await withTaskGroup(of: [String].self) { group in
            for _ in 0..<4 { group.addTask { (0..<1000).map { _ in RequestID.next() } } }
            return await group.reduce(into: []) { $0 += $1 }
        }
        #expect(Set(names).count == 4000)
        #expect(names.allSatisfy { $0.wholeMatch(of: #/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/#) != nil })
    }
}
