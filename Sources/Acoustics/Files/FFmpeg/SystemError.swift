import Foundation

/// What the operating system said about a call.
struct SystemError: Error, CustomStringConvertible {
    let code: CInt

    /// Why the call before this one failed.
    static var last: SystemError { SystemError(code: errno) }

    var description: String { String(cString: strerror(code)) }
}
