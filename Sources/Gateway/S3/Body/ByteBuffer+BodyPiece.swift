package import NIOCore
import Objects

extension ByteBuffer: BodyPiece {
    package func withBytes<Value>(_ work: (UnsafeRawBufferPointer) throws -> Value) rethrows -> Value {
        try withUnsafeReadableBytes(work)
    }
}
