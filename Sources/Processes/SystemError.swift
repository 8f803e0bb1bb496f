import Foundation

/// What the operating system said about a call.
package struct SystemError: Error, Hashable, CustomStringConvertible {
    package let code: CInt

    package init(code: CInt) { self.code = code }

    /// Why the call before this one failed.
    package static var last: SystemError { SystemError(code: errno) }

    package var description: String { String(cString: strerror(code)) }
}
