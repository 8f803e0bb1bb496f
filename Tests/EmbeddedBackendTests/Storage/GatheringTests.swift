import Testing

@testable import EmbeddedBackend

@Suite("gathering")
struct GatheringTests {
    @Test("expects as many as came last, and fewer by halves until one comes alone")
    func expected() {
        var gathering = Gathering()
        #expect(gathering.expectedCount == nil)
        gathering.committed(9, isSynced: true, in: .microseconds(400))
        #expect(gathering.expectedCount == 9)
        gathering.committed(20, isSynced: false, in: .microseconds(10))
        #expect(gathering.expectedCount == 20)
        let expected = (0..<5).map { _ in
            gathering.committed(1, isSynced: true, in: .microseconds(400))
            return gathering.expectedCount
        }
        #expect(expected == [10, 5, 2, nil, nil])
    }

    @Test("will not go on without three quarters of them, and looks once in five commits whether more would come")
    func most() {
        var gathering = Gathering()
        let probes = (0..<20).map { _ in
            gathering.committed(64, isSynced: true, in: .microseconds(300))
            return gathering.isProbing
        }
        #expect(gathering.mostCount == 48)
        #expect(probes.count(where: \.self) == 4)
        gathering.committed(3, isSynced: true, in: .microseconds(300))
        #expect((gathering.expectedCount, gathering.mostCount) == (32, 24))
    }

    @Test("follows the disk, and does not wait for a stuck one")
    func disk() {
        var gathering = Gathering()
        #expect(gathering.pause == .zero)
        gathering.committed(64, isSynced: true, in: .microseconds(220))
        #expect(gathering.gap == .microseconds(660))
        #expect(gathering.shortGap == .microseconds(110))
        #expect(gathering.pause == .microseconds(5280))
        gathering.committed(64, isSynced: false, in: .microseconds(10))
        #expect(gathering.gap == .microseconds(660), "an unsynced commit says nothing about the disk")
        gathering.committed(64, isSynced: true, in: .microseconds(300))
        #expect(gathering.gap == .microseconds(690))
        for _ in 0..<50 { gathering.committed(64, isSynced: true, in: .seconds(3)) }
        #expect((gathering.gap, gathering.shortGap) == (.milliseconds(1), .milliseconds(1)))
        #expect(gathering.pause == .milliseconds(6))
    }
}
