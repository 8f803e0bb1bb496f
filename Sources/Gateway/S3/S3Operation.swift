/// One operation of S3.
struct S3Operation: Sendable {
    let name: String
    let run: @Sendable (S3Call) async throws -> S3Answer

    init(_ name: String, run: @escaping @Sendable (S3Call) async throws -> S3Answer) {
        (self.name, self.run) = (name, run)
    }
}
