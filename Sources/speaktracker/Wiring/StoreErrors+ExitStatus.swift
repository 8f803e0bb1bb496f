import AWSBackend
import Documents
import Objects
import Queueing

/// A store that is not there is a service that is missing; everything else is a failure of the command.
extension ServiceError: ExitStatusCarrying {
    var exitStatus: Int32 { isTransient ? ExitStatus.serviceMissing : ExitStatus.failed }
}

extension QueueError: ExitStatusCarrying {
    var exitStatus: Int32 { label == "unavailable" ? ExitStatus.serviceMissing : ExitStatus.failed }
}

extension DocumentError: ExitStatusCarrying {
    var exitStatus: Int32 { label == "unavailable" ? ExitStatus.serviceMissing : ExitStatus.failed }
}

extension ObjectError: ExitStatusCarrying {
    var exitStatus: Int32 { label == "unavailable" ? ExitStatus.serviceMissing : ExitStatus.failed }
}
