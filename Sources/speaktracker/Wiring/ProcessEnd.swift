import Foundation

/// The end of a process that cannot end by itself, since a thread of it does not return.
enum ProcessEnd {
    /// Says why and exits as failed, without waiting for anything.
    static func now(_ sentence: String) -> Never {
        StandardError.write(sentence)
        _exit(ExitStatus.failed)
    }
}
