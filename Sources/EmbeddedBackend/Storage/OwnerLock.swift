import Foundation
import Synchronization

/// A locked file that says who owns a data folder.
///
/// The lock belongs to the open file (`flock`), so a second opener is refused within one process too, and the kernel
/// frees it when the owner dies. What an earlier owner left inside means nothing.
final class OwnerLock: Sendable {
    private let descriptor: Mutex<Int32?>

    /// - Throws: ``DataFolderError/owned(pid:path:)``, ``DataFolderError/notWritable(path:reason:)``.
    init(path: String) throws(DataFolderError) {
        let folder = (path as NSString).deletingLastPathComponent
        let file = Foundation.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .notWritable(path: folder, reason: lastSystemError()) }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            let isHeld = errno == EWOULDBLOCK
            let reason = lastSystemError()
            let pid = Self.ownerWritten(in: file)
            Foundation.close(file)
            throw isHeld ? .owned(pid: pid, path: folder) : .notWritable(path: folder, reason: reason)
        }
        let text = "\(getpid())\n"
        guard ftruncate(file, 0) == 0, pwrite(file, text, text.utf8.count, 0) == text.utf8.count else {
            let reason = lastSystemError()
            Foundation.close(file)
            throw .notWritable(path: folder, reason: reason)
        }
        descriptor = Mutex(file)
    }

    deinit { release() }

    func release() {
        descriptor.withLock { file in
            if let file { Foundation.close(file) }
            file = nil
        }
    }

    private static func ownerWritten(in file: Int32) -> Int32? {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = pread(file, &bytes, bytes.count, 0)
        let line = bytes.prefix(max(0, count)).prefix { $0 != UInt8(ascii: "\n") }
        return Int32(String(decoding: line, as: UTF8.self))
    }
}

func lastSystemError() -> String { String(cString: strerror(errno)) }
