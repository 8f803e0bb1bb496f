import Objects
import Testing

@Suite("objects: ranges")
struct ObjectRangeTests {
    private let bucket = ObjectSamples.bucket
    private static let size = 100_000

    @Test(
        "a range is that part of the body, cut at its end", arguments: Backend.that(.objects),
        [
            0..<1, 0..<100_000, 0..<4096, 4095..<4097, 50_000..<50_100, 99_999..<100_000, 99_999..<500_000,
            1..<Int.max, 7..<7,
        ])
    func part(_ backend: Backend, _ range: Range<Int>) async throws {
        let harness = try await Harness.withBucket(backend)
        let bytes = ObjectSamples.bytes(Self.size)
        let info = try await harness.objects.put(bytes, at: "a", in: bucket, contentType: "a/b")
        let object = try await harness.objects.get("a", in: bucket, range: range)
        #expect(object.body == Array(bytes[range.clamped(to: 0..<Self.size)]))
        #expect(object.info == info)
    }

    @Test(
        "a range that starts at the end or behind it is refused with the size", arguments: Backend.that(.objects),
        [(100_000..<100_001, 100_000), (100_000..<100_000, 100_000), (200_000..<Int.max, 100_000), (0..<1, 0)])
    func behind(_ backend: Backend, _ sample: (range: Range<Int>, size: Int)) async throws {
        let harness = try await Harness.withBucket(backend)
        try await harness.objects.put(ObjectSamples.bytes(sample.size), at: "a", in: bucket, contentType: "a/b")
        await #expect(throws: ObjectError.rangeNotSatisfiable(size: sample.size)) {
            try await harness.objects.get("a", in: bucket, range: sample.range)
        }
    }
}
