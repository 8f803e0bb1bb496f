import Foundation
import Synchronization

/// A locked file that says who owns a data folder.
///
/// The lock belongs to the open file (`flock`), so a second opener is refused within one process too, and the kernel
/// frees it when the owner dies. What an earlier owner left inside means nothing.
final class OwnerLock: Sendable {
    private let descriptor: Mutex<Int32?>

    /// - Throws: ``DataFolderError/owned(pid:endpoint:path:)``, ``DataFolderError/notWritable(path:reason:)``.
    init(path: String) throws(DataFolderError) {
        let folder = (path as NSString).deletingLastPathComponent
        let file = Foundation.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .notWritable(path: folder, reason: lastSystemError()) }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            let isHeld = errno == EWOULDBLOCK
            let reason = lastSystemError()
            let owner = Self.ownerWritten(in: file)
            Foundation.close(file)
            throw isHeld
                ? .owned(pid: owner.pid, endpoint: owner.endpoint, path: folder)
                : .notWritable(path: folder, reason: reason)
        }
        guard ftruncate(file, 0) == 0, Self.write("\(getpid())\n", to: file) else {
            let reason = lastSystemError()
            Foundation.close(file)
            throw .notWritable(path: folder, reason: reason)
        }
        descriptor = Mutex(file)
    }

    deinit { release() }

    /// Tells whoever is refused where this process can be asked.
    func note(endpoint: String) {
        descriptor.withLock { file in
            // It is a help, and its lack no harm.
            if let file { _ = Self.write("\(getpid())\n\(endpoint)\n", to: file) }
        }
    }

    private static func write(_ text: String, to file: Int32) -> Bool {
        pwrite(file, text, text.utf8.count, 0) == text.utf8.count
    }

    func release() {
        descriptor.withLock { file in
            if let file { Foundation.close(file) }
            file = nil
        }
    }

    private static func ownerWritten(in file: Int32) -> (pid: Int32?, endpoint: String?) {
        var bytes = [UInt8](repeating: 0, count: 512)
        let count = pread(file, &bytes, bytes.count, 0)
        let lines = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self).split(separator: "\n").map(String.init)
        return (lines.first.flatMap { Int32($0) }, lines.dropFirst().first)
    }
}

func lastSystemError() -> String { String(cString: strerror(errno)) }
