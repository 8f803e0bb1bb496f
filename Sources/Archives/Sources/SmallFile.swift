import Foundation

/// Files of an archive, of which anything may be expected: folders, pipes, links in circles, files of any size.
package enum SmallFile {
    /// All of a regular file, if it is not larger than it should be.
    ///
    /// - Parameter name: What the sentence calls it.
    /// - Returns: The bytes, or a sentence that says why there are none.
    package static func bytes(of path: String, named name: String, limit: Int) -> Result<[UInt8], ArchiveError> {
        // Without waiting for the other end, should it be a pipe.
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return .failure(ArchiveError("\(name) cannot be read: \(lastError).")) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            return .failure(ArchiveError("\(name) cannot be read: \(lastError)."))
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: return .failure(ArchiveError("\(name) is a folder, not a file."))
        default: return .failure(ArchiveError("\(name) is not a file with bytes in it."))
        }
        guard status.st_size <= limit else {
            return .failure(ArchiveError("\(name) has \(status.st_size) bytes; at most \(limit) are accepted."))
        }
        return contents(of: descriptor, size: Int(status.st_size), name: name)
    }

    private static func contents(of descriptor: Int32, size: Int, name: String) -> Result<[UInt8], ArchiveError> {
        var failure: ArchiveError?
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < size {
                let more = read(descriptor, buffer.baseAddress.map { $0 + count }, size - count)
                if more < 0, errno == EINTR { continue }
                if more < 0 { failure = ArchiveError("\(name) cannot be read: \(lastError).") }
                if more <= 0 { return }
                count += more
            }
        }
        return failure.map { .failure($0) } ?? .success(bytes)
    }

    private static var lastError: String { String(cString: strerror(errno)) }
}
