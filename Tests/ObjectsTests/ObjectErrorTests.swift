import Objects
import Testing

@Suite struct ObjectErrorTests {
    @Test("a key in an error is one bounded line, whatever is in it")
    func quoting() {
        let nasty = ObjectError.noSuchObject("a\nb\u{1B}[2J\"c")
        #expect(nasty.description == #"There is no object "a\nb\u{1B}[2J\"c"."#)
        let long = ObjectError.noSuchObject(String(repeating: "가", count: 2000))
        #expect(long.description.count < 130)
    }

    @Test("each error has a label of its own")
    func labels() {
        let errors: [ObjectError] = [
            .noSuchBucket("a"), .noSuchObject("a"), .badBucketName("a"), .badKey("a", reason: "b"),
            .rangeNotSatisfiable(size: 1), .unavailable(reason: "a"),
        ]
        #expect(Set(errors.map(\.label)).count == errors.count)
    }
}
