import Foundation

/// Seconds of processor time that this process has used, in all its threads and in the kernel.
func processorSeconds() -> Double {
    var time = timespec()
    precondition(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) == 0, "A process can read its own clock.")
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

extension Duration {
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
