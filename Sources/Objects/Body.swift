/// Bytes that lie somewhere in memory.
package protocol BodyPiece: Sendable {
    func withBytes<Value>(_ work: (UnsafeRawBufferPointer) throws -> Value) rethrows -> Value
}

extension [UInt8]: BodyPiece {
    package func withBytes<Value>(_ work: (UnsafeRawBufferPointer) throws -> Value) rethrows -> Value {
        try withUnsafeBytes(work)
    }
}

/// A body that comes piece by piece and belongs to no object yet.
///
/// What is neither kept nor discarded is removed when its owner forgets it, or at the store's next opening.
package protocol IncomingBody: Sendable {
    /// Adds bytes; returns when they are out of memory.
    func append<Piece: BodyPiece>(_ pieces: [Piece]) async throws

    /// Adds the last bytes; returns when all of them are on the disk.
    ///
    /// - Returns: What was computed of them.
    func finish<Piece: BodyPiece>(_ pieces: [Piece]) async throws -> BodyDigests

    /// Removes what has come.
    func discard() async
}

/// An object that is being read: its bytes stay what they are for as long as somebody holds it.
package protocol OpenObject: Sendable {
    var info: ObjectInfo { get }

    /// The sizes of the parts in which the object was put, in bytes; one size for an object put whole.
    var partSizes: [Int] { get }

    /// The parts in which the object was put; none for an object put whole.
    var parts: [UploadedPart] { get }

    /// Reads some of the bytes into memory that the reader makes.
    ///
    /// - Parameters:
    ///   - range: A part of the body; not behind its end.
    ///   - make: Makes the memory, has `fill` write the range's bytes to it, and returns it.
    func read<Memory: Sendable>(
        _ range: Range<Int>,
        into make: @escaping @Sendable (_ fill: (UnsafeMutableRawBufferPointer) throws -> Void) throws -> Memory
    ) async throws -> Memory
}

extension IncomingBody {
    /// Adds a part of an object's bytes, in steps that need little memory.
    package func append(bytesOf source: any OpenObject, _ range: Range<Int>) async throws {
        let step = 1 << 20
        for start in stride(from: range.lowerBound, to: range.upperBound, by: step) {
            let piece = start..<min(start + step, range.upperBound)
            let bytes = try await source.read(piece) { fill in
                try [UInt8](unsafeUninitializedCapacity: piece.count) { memory, count in
                    try fill(UnsafeMutableRawBufferPointer(memory))
                    count = piece.count
                }
            }
            try await append([bytes])
        }
    }
}
