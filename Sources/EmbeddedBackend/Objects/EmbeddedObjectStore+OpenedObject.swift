import Foundation
import Objects

extension EmbeddedObjectStore {
    /// An object whose bytes are in its row.
    struct SmallObject: OpenObject {
        let info: ObjectInfo
        let bytes: [UInt8]

        var partSizes: [Int] { [bytes.count] }
        var parts: [UploadedPart] { [] }

        func read<Memory: Sendable>(
            _ range: Range<Int>,
            into make: @escaping @Sendable (_ fill: (UnsafeMutableRawBufferPointer) throws -> Void) throws -> Memory
        ) async throws -> Memory {
            try make { $0.copyBytes(from: bytes[range]) }
        }
    }

    /// An object whose bytes are one file, which stays open.
    final class WholeObject: OpenObject {
        let row: ObjectRow
        private let file: OpenFile
        private let threads: FileThreads

        init(_ row: ObjectRow, _ file: consuming OpenFile, on threads: FileThreads) {
            self.row = row
            self.file = file
            self.threads = threads
        }

        var info: ObjectInfo { row.info }
        var partSizes: [Int] { [row.info.bytes] }
        var parts: [UploadedPart] { [] }

        func read<Memory: Sendable>(
            _ range: Range<Int>,
            into make: @escaping @Sendable (_ fill: (UnsafeMutableRawBufferPointer) throws -> Void) throws -> Memory
        ) async throws -> Memory {
            // Going to another thread and back costs more than reading what the system has in its memory.
            if range.count <= Self.mostAtOnce,
                let memory = try? make({ try self.fillAtOnce($0, from: range.lowerBound) })
            {
                return memory
            }
            do {
                return try await threads.run { [self] in
                    try make { try file.fillAll($0, from: range.lowerBound, of: row.info.key) }
                }
            } catch { throw EmbeddedObjectStore.named(error) }
        }

        private static let mostAtOnce = 256 << 10

        private struct NotInMemory: Error {}

        private func fillAtOnce(_ memory: UnsafeMutableRawBufferPointer, from offset: Int) throws(NotInMemory) {
            guard file.fillAtOnce(memory, from: offset) else { throw NotInMemory() }
        }
    }

    /// An object whose bytes are in the files of its parts, which are opened when they are read.
    final class ObjectInParts: OpenObject {
        let row: ObjectRow
        let parts: [UploadedPart]
        private let bodies: [BodyName]
        private let folder: BodyFolder
        private let threads: FileThreads
        private let unpin: @Sendable () -> Void

        init(
            _ row: ObjectRow, _ parts: [PartRow], in folder: BodyFolder, on threads: FileThreads,
            unpin: @escaping @Sendable () -> Void
        ) {
            self.row = row
            self.parts = parts.map(\.part)
            bodies = parts.map(\.body)
            self.folder = folder
            self.threads = threads
            self.unpin = unpin
        }

        deinit { unpin() }

        var info: ObjectInfo { row.info }
        var partSizes: [Int] { parts.map(\.bytes) }

        func read<Memory: Sendable>(
            _ range: Range<Int>,
            into make: @escaping @Sendable (_ fill: (UnsafeMutableRawBufferPointer) throws -> Void) throws -> Memory
        ) async throws -> Memory {
            do {
                return try await threads.run { [self] in try make { try fill($0, from: range.lowerBound) } }
            } catch { throw EmbeddedObjectStore.named(error) }
        }

        private func fill(_ memory: UnsafeMutableRawBufferPointer, from offset: Int) throws {
            let wanted = offset..<(offset + memory.count)
            var start = 0
            for (part, body) in zip(parts, bodies) where !wanted.isEmpty {
                let overlap = wanted.clamped(to: start..<(start + part.bytes))
                if !overlap.isEmpty {
                    let place = overlap.lowerBound - offset
                    let piece = UnsafeMutableRawBufferPointer(rebasing: memory[place..<(place + overlap.count)])
                    try folder.open(body, in: row.bucket, size: part.bytes)
                        .fillAll(piece, from: overlap.lowerBound - start, of: row.info.key)
                }
                start += part.bytes
            }
        }
    }
}

extension EmbeddedObjectStore.OpenFile {
    /// - Throws: ``ObjectError/unavailable(reason:)`` where the file ends before.
    fileprivate func fillAll(_ memory: UnsafeMutableRawBufferPointer, from offset: Int, of key: String) throws {
        var count = 0
        try fill(memory, from: offset, count: &count)
        guard count == memory.count else {
            throw ObjectError.unavailable(reason: "the file of \(key.debugDescription) has become shorter.")
        }
    }
}
