internal import Foundation

/// One file of an acoustic model, read from front to back as little-endian values.
struct ModelFile {
    let path: String
    private let bytes: [UInt8]
    private var position = 0

    /// - Throws: ``AcousticModelError/missing(path:)``, or ``AcousticModelError/damaged(path:reason:)``.
    init(_ path: String) throws(AcousticModelError) {
        guard FileManager.default.fileExists(atPath: path) else { throw .missing(path: path) }
        do { bytes = [UInt8](try Data(contentsOf: URL(filePath: path))) } catch {
            throw .damaged(path: path, reason: error.localizedDescription)
        }
        self.path = path
    }

    func damaged(_ reason: String) -> AcousticModelError { .damaged(path: path, reason: reason) }

    mutating func take(_ count: Int) throws(AcousticModelError) -> ArraySlice<UInt8> {
        guard count >= 0, count <= bytes.count - position else { throw damaged("it ends too early") }
        defer { position += count }
        return bytes[position..<position + count]
    }

    mutating func takeRest() throws(AcousticModelError) -> ArraySlice<UInt8> { try take(bytes.count - position) }

    mutating func int32() throws(AcousticModelError) -> Int {
        Int(Int32(littleEndian: try take(4).withUnsafeBytes { $0.loadUnaligned(as: Int32.self) }))
    }

    mutating func floats(_ count: Int) throws(AcousticModelError) -> [Float] {
        let taken = try take(4 * count)
        return taken.withUnsafeBytes { raw in
            (0..<count).map { index in
                let bits = raw.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self)
                return Float(bitPattern: UInt32(littleEndian: bits))
            }
        }
    }

    /// Text up to and without the next zero byte, which is passed over.
    mutating func zeroTerminated() throws(AcousticModelError) -> String {
        guard let end = bytes[position...].firstIndex(of: 0) else { throw damaged("it ends too early") }
        let text = String(decoding: bytes[position..<end], as: UTF8.self)
        position = end + 1
        return text
    }

    /// Passes over what fills a field up to four bytes, counted from `start`.
    mutating func align(from start: Int) throws(AcousticModelError) { _ = try take((4 - (position - start) % 4) % 4) }

    var offset: Int { position }

    /// Passes over all lines of text up to and with the given one.
    mutating func skipHeader(through line: String) throws(AcousticModelError) {
        let wanted = Array((line + "\n").utf8)
        guard let range = bytes[position...].firstRange(of: wanted) else { throw damaged("it has no header") }
        position = range.upperBound
    }
}
