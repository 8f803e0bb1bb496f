import CLinux
import Foundation

extension EmbeddedObjectStore {
    /// An open file or folder, closed when the value ends.
    ///
    /// Every call blocks.
    struct OpenFile: ~Copyable, Sendable {
        private let descriptor: CInt
        private let path: String

        /// Creates a file that does not exist yet.
        init(creating path: String) throws(FileError) {
            try self.init(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW)
        }

        /// Opens a file, which must not be a link.
        init(reading path: String) throws(FileError) {
            try self.init(path, O_RDONLY | O_NOFOLLOW)
        }

        init(folder path: String) throws(FileError) {
            try self.init(path, O_RDONLY | O_DIRECTORY)
        }

        private init(_ path: String, _ flags: CInt) throws(FileError) {
            self.path = path
            descriptor = try FileError.check("open", path) { Foundation.open(path, flags | O_CLOEXEC, 0o644) }
        }

        deinit { close(descriptor) }

        func write(_ bytes: [UInt8]) throws(FileError) {
            var failure: FileError?
            bytes.withUnsafeBytes { buffer in
                do throws(FileError) { try write(buffer) } catch { failure = error }
            }
            if let failure { throw failure }
        }

        func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
            var rest = bytes
            while !rest.isEmpty {
                let written = try FileError.check("write", path) {
                    Foundation.write(descriptor, rest.baseAddress, rest.count)
                }
                rest = UnsafeRawBufferPointer(rebasing: rest[written...])
            }
        }

        /// Reads the bytes of `range`; fewer where the file ends before.
        func read(_ range: Range<Int>) throws(FileError) -> [UInt8] {
            var failure: FileError?
            let bytes = [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
                do throws(FileError) {
                    try fill(UnsafeMutableRawBufferPointer(buffer), from: range.lowerBound, count: &count)
                } catch {
                    failure = error
                }
            }
            if let failure { throw failure }
            return bytes
        }

        /// Fills memory with the bytes from `offset` on, as far as the file goes.
        func fill(
            _ buffer: UnsafeMutableRawBufferPointer, from offset: Int, count: inout Int
        ) throws(FileError) {
            while count < buffer.count {
                let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
                let place = off_t(offset + count)
                let read = try FileError.check("read", path) { pread(descriptor, rest.baseAddress, rest.count, place) }
                if read == 0 { return }
                count += read
            }
        }

        /// Fills memory with the bytes from `offset` on if the system has them in its own, so that nobody waits.
        ///
        /// - Returns: Whether it did. `false` says nothing of the file: some file systems never do.
        func fillAtOnce(_ memory: UnsafeMutableRawBufferPointer, from offset: Int) -> Bool {
            var piece = iovec(iov_base: memory.baseAddress, iov_len: memory.count)
            return preadv2(descriptor, &piece, 1, off_t(offset), RWF_NOWAIT) == memory.count
        }

        func sizeInBytes() throws(FileError) -> Int {
            var status = stat()
            try FileError.check("fstat", path) { fstat(descriptor, &status) }
            return Int(status.st_size)
        }

        /// Returns when the file's bytes, or the folder's names, survive a loss of power.
        func sync() throws(FileError) {
            try FileError.check("fsync", path) { fsync(descriptor) }
        }
    }
}
