import Supervision

/// Where no worker process can begin, the command ends as each of them did.
extension StartFailure: ExitStatusCarrying {
    var exitStatus: Int32 { status }
}
