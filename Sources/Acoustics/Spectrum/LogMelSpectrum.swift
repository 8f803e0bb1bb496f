#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A recording's spectrum in 40 bands from 60 to 7,600 Hz, as ln(1 + power), a row each frame.
package struct LogMelSpectrum: Sendable {
    package static let bandCount = 40
    package let frameCount: Int
    /// `frameCount` rows of ``bandCount`` values; power counts in squares of a 16-bit recording's least step.
    package let values: [Float]

    /// - Parameter warp: As in ``Cepstra/init(of:warp:)``.
    package init(of power: PowerFrames, warp: Double) {
        let filters = MelFilterbank(
            count: Self.bandCount, bandInHz: 60...7_600, shape: .unitHeight, warp: warp, highestEdgeInHz: 7_999,
            binInHz: PowerFrames.binInHz)
        var values: [Float] = []
        values.reserveCapacity(power.frameCount * Self.bandCount)
        var energies: [Float] = []
        for frame in 0..<power.frameCount {
            filters.energies(of: power[frame].span, into: &energies)
            for energy in energies { values.append(log(1 + energy)) }
        }
        (frameCount, self.values) = (power.frameCount, values)
    }
}
