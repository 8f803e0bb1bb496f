import Testing

@testable import EmbeddedBackend

@Suite("gathering")
struct GatheringTests {
    @Test("expects as many as came last, and nobody behind one who came alone")
    func expected() {
        var gathering = Gathering()
        #expect(gathering.expectedCount == nil)
        gathering.committed(64, isSynced: true, in: .microseconds(400))
        #expect(gathering.expectedCount == 64)
        gathering.committed(5, isSynced: false, in: .microseconds(10))
        #expect(gathering.expectedCount == 5)
        gathering.committed(1, isSynced: true, in: .microseconds(400))
        #expect(gathering.expectedCount == nil)
    }

    @Test("asks once in nine commits whether more would come")
    func probes() {
        var gathering = Gathering()
        let expected = (0..<27).map { _ in
            gathering.committed(3, isSynced: true, in: .microseconds(400))
            return gathering.expectedCount
        }
        #expect(expected.count { $0 == .max } == 3)
        #expect(expected.count { $0 == 3 } == 24)
    }

    @Test("follows the disk, and does not wait for a stuck one")
    func disk() {
        var gathering = Gathering()
        #expect(gathering.pause == .zero)
        gathering.committed(64, isSynced: true, in: .microseconds(200))
        #expect((gathering.gap, gathering.pause) == (.microseconds(600), .microseconds(4800)))
        gathering.committed(64, isSynced: false, in: .microseconds(10))
        #expect(gathering.gap == .microseconds(600), "an unsynced commit says nothing about the disk")
        gathering.committed(64, isSynced: true, in: .microseconds(280))
        #expect(gathering.gap == .microseconds(630))
        for _ in 0..<50 { gathering.committed(64, isSynced: true, in: .seconds(3)) }
        #expect((gathering.gap, gathering.pause) == (.milliseconds(1), .milliseconds(6)))
    }
}
