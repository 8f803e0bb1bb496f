import Foundation
import Workers

extension PoolSettings {
    /// With as many processes as are asked for, or as the machine has processors where nobody says.
    func sized(_ asked: Int?) -> PoolSettings {
        var settings = self
        settings.processes =
            asked ?? processes ?? min(ProcessInfo.processInfo.activeProcessorCount, Self.sizes.upperBound)
        return settings
    }
}
