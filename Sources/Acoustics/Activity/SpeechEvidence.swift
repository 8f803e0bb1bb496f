#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// How far each frame stands out of the noise around it, in dB averaged over bands.
///
/// The noise floor of a band is its least smoothed power within two seconds to either side, twice that much because
/// a minimum of noise lies below its mean: 0.7–4 dB, by band, for white noise at 8–48 kHz.
/// Source: after Martin (2001), "Noise power spectral density estimation based on optimal smoothing and minimum
/// statistics", IEEE Trans. Speech Audio Process. 9(5); fixed smoothing, and both directions, for nothing is live here.
struct SpeechEvidence {
    let framing: Framing
    /// One value a frame, 0–``mostPerBandInDB``; 0 where fewer than three bands stand out, as tones and whistles do.
    let valuesInDB: [Float]

    init(_ energies: BandEnergies) {
        framing = energies.framing
        let levels = energies.smoothed(reachInFrames: 1)
        let minima = energies.smoothed(reachInFrames: 5).minima(reachInFrames: 200)
        let least = Self.leastFloor(energies)
        valuesInDB = (0..<energies.frameCount).map { frame in
            let perFrame = max(least, energies.total(ofFrame: frame) * Self.leakage)
            let excess = (0..<energies.bandCount).map { band in
                Self.excessInDB(levels[frame, band], over: max(minima[frame, band] * 2, perFrame))
            }
            guard excess.count(where: { $0 >= Self.standingOutInDB }) >= 3 else { return 0 }
            return excess.reduce(0, +) / Float(excess.count)
        }
    }

    /// A single loud band shall not outvote all the others.
    private static let mostPerBandInDB: Float = 15
    private static let standingOutInDB: Float = 1.5
    /// A Hann window's side lobes put this much of a loud tone into bands far away: −50 dB.
    private static let leakage: Float = 1e-5

    /// Digital silence is not a floor: −90 dBFS, or 50 dB below the recording's loudest twentieth, where rooms decay.
    private static func leastFloor(_ energies: BandEnergies) -> Float {
        let totals = (0..<energies.frameCount).map { energies.total(ofFrame: $0) }.sorted()
        guard !totals.isEmpty else { return 1e-9 }
        return max(1e-9, totals[totals.count * 19 / 20] * 1e-5)
    }

    private static func excessInDB(_ level: Float, over floor: Float) -> Float {
        level <= floor ? 0 : min(10 * log10f(level / floor), mostPerBandInDB)
    }
}
