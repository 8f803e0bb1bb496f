import Foundation

extension EmbeddedObjectStore {
    /// What the operating system said about a file.
    struct FileError: Error, CustomStringConvertible {
        let call: String
        let path: String
        let code: CInt

        var isMissing: Bool { code == ENOENT }
        var exists: Bool { code == EEXIST }

        var description: String { "\(path): \(String(cString: strerror(code))) (\(call))." }
    }
}

extension EmbeddedObjectStore.FileError {
    /// Makes a call that answers -1 and `errno` on failure, again for as long as signals interrupt it.
    @discardableResult
    static func check<Answer: SignedInteger>(
        _ call: String, _ path: String, _ body: () -> Answer
    ) throws(Self) -> Answer {
        while true {
            let answer = body()
            if answer != -1 { return answer }
            let code = errno
            if code != EINTR { throw Self(call: call, path: path, code: code) }
        }
    }
}
