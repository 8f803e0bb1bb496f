import Testing

@testable import EmbeddedBackend

@Suite("gathering")
struct GatheringTests {
    @Test("expects as many as came last, for at most half a synced commit")
    func pause() {
        var gathering = Gathering()
        #expect(gathering.expectedCount == 0)
        #expect(gathering.pause == .zero)
        gathering.committed(64, isSynced: true, in: .microseconds(400))
        #expect(gathering.expectedCount == 64)
        #expect(gathering.pause == .microseconds(200))
        gathering.committed(5, isSynced: false, in: .microseconds(10))
        #expect(gathering.expectedCount == 5)
        #expect(gathering.pause == .microseconds(200), "an unsynced commit says nothing about the disk")
    }

    @Test("follows the disk, and does not wait for a stuck one")
    func slowDisk() {
        var gathering = Gathering()
        gathering.committed(64, isSynced: true, in: .microseconds(400))
        gathering.committed(64, isSynced: true, in: .microseconds(1200))
        #expect(gathering.pause == .microseconds(250))
        for _ in 0..<50 { gathering.committed(64, isSynced: true, in: .seconds(3)) }
        #expect(gathering.pause == .milliseconds(1))
    }
}
