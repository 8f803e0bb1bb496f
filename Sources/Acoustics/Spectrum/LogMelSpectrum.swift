internal import CInnerLoops

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
        var logs = filters.energies(of: power)
        for index in logs.indices { logs[index] += 1 }
        natural_logarithms(&logs, Int32(logs.count))
        var values: [Float] = []
        values.reserveCapacity(power.frameCount * Self.bandCount)
        for row in stride(from: 0, to: logs.count, by: filters.rowLength) {
            values += logs[row..<row + Self.bandCount]
        }
        (frameCount, self.values) = (power.frameCount, values)
    }
}
