#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Chooses each band's step by how much noise its own sound hides, in one pass and with no search.
///
/// An encoder that aims at a bit rate searches for the step that fits; this one aims at a quality, so the step
/// follows from the band's power. Noise of the power-law quantiser with step Δ, for values of root mean square R:
/// N ≈ 4/27 · Δ^1.5 · R^0.5, from Δ²/12 for a uniform step and the law's slope at R.
struct MP3Quantiser {
    static let bandCount = 21

    /// Log2 of signal to noise by band: 28 dB in the lowest, where tones stand alone, to 6 dB in the highest.
    private let signalToNoise: [Float] = (0..<bandCount).map { (28 - 22 * Float($0) / 20) / 3.0103 }
    /// Log2 of the noise per line that nobody hears at any listening level: about −85 dBFS over all lines.
    private let inaudible: Float = -36.5
    /// Log2 of how much less the next higher band masks: 11 dB.
    private let maskingSlope: Float = 3.65

    /// Turns lines into whole numbers.
    ///
    /// - Parameters:
    ///   - lines: 576 values from ``MP3Transform``; those above the last coded band are left out.
    ///   - attack: Log2 of how much less noise a sudden sound may bring into the quiet before it.
    ///   - granule: Receives them.
    func quantise(_ lines: UnsafePointer<Float>, attack: Float, into granule: inout MP3Granule) {
        let steps = steps(lines, attack: attack)
        choose(steps, in: &granule)
        apply(lines, audible: steps, to: &granule)
    }

    /// Log2 of each band's step; `nil` where the band lies below what its neighbours mask.
    private func steps(_ lines: UnsafePointer<Float>, attack: Float) -> [Float?] {
        var masking = -Float.infinity
        return (0..<Self.bandCount).map { band in
            let power = log2f(meanSquare(lines, band) + 1e-20)
            masking = max(masking - maskingSlope, power)
            let noise = max(masking - signalToNoise[band] - attack, inaudible)
            return power > noise ? (noise + 2.755 - power / 4) * (2.0 / 3) : nil
        }
    }

    private func meanSquare(_ lines: UnsafePointer<Float>, _ band: Int) -> Float {
        let borders = MP3Tables.bandBorders
        var sum = SIMD2<Float>.zero
        for line in stride(from: borders[band], to: borders[band + 1], by: 2) {
            let pair = SIMD2(lines[line], lines[line + 1])
            sum += pair * pair
        }
        return sum.sum() / Float(borders[band + 1] - borders[band])
    }

    /// The coarsest step becomes the gain; the others are brought down to theirs by scale factors.
    private func choose(_ steps: [Float?], in granule: inout MP3Granule) {
        let audible = steps.compactMap(\.self)
        let coarsest = audible.max() ?? 0
        granule.globalGain = min(max(210 + Int((4 * coarsest).rounded(.down)), 0), 255)
        granule.coarseScale = zip(steps, Self.mostScale).contains { step, most in
            step.map { 2 * (coarsest - $0) > Float(most) + 0.5 } ?? false
        }
        let unit: Float = granule.coarseScale ? 1 : 2
        for band in 0..<Self.bandCount {
            let wanted = steps[band].map { Int((unit * (coarsest - $0)).rounded()) } ?? 0
            granule.scaleFactors[band] = min(wanted, Self.mostScale[band])
        }
    }

    private static let mostScale = (0..<bandCount).map { $0 < 11 ? 15 : 7 }

    private func apply(_ lines: UnsafePointer<Float>, audible: [Float?], to granule: inout MP3Granule) {
        let gain = Float(granule.globalGain - 210) / 4
        let unit: Float = granule.coarseScale ? 1 : 0.5
        withUnsafeTemporaryAllocation(of: SIMD8<Float>.self, capacity: 72) { vectors in
            let scales = UnsafeMutableRawBufferPointer(vectors).assumingMemoryBound(to: Float.self)
            scales.update(repeating: 0)
            for band in 0..<Self.bandCount where audible[band] != nil {
                let step = gain - Float(granule.scaleFactors[band]) * unit
                scales[MP3Tables.bandBorders[band]..<MP3Tables.bandBorders[band + 1]]
                    .update(repeating: exp2f(-0.75 * step))
            }
            granule.values.withUnsafeMutableBytes { values in
                for vector in 0..<72 {
                    let line = UnsafeRawPointer(lines).loadUnaligned(fromByteOffset: 32 * vector, as: SIMD8<Float>.self)
                    values.storeBytes(
                        of: Self.rounded(line, vectors[vector]), toByteOffset: 32 * vector, as: SIMD8<Int32>.self)
                }
            }
        }
        measure(&granule)
    }

    /// Magnitudes to the power of 3/4, scaled and rounded as ISO/IEC 11172-3:1993, 3-C.1.5.4.4.1 has it.
    ///
    /// Adding 2²³ leaves the nearest whole number in a float's low bits, and 0.0946 less makes that the standard's
    /// rounding. Steps that follow the power keep values below 1,000, where 8,206 can be written.
    @inline(__always)
    private static func rounded(_ line: SIMD8<Float>, _ scale: SIMD8<Float>) -> SIMD8<Int32> {
        let bits = unsafeBitCast(line, to: SIMD8<Int32>.self)
        let magnitude = unsafeBitCast(bits & 0x7FFF_FFFF, to: SIMD8<Float>.self)
        let compressed = (magnitude * magnitude.squareRoot()).squareRoot() * scale
        let value = unsafeBitCast(compressed - 0.0946 + 8_388_608, to: SIMD8<Int32>.self) &- 0x4B00_0000
        let sign = bits &>> 31
        return (value ^ sign) &- sign
    }

    private func measure(_ granule: inout MP3Granule) {
        granule.values.withUnsafeBufferPointer { values in
            for band in 0..<Self.bandCount {
                var largest: Int32 = 0
                for line in MP3Tables.bandBorders[band]..<MP3Tables.bandBorders[band + 1] {
                    largest = max(largest, abs(values[line]))
                }
                granule.largest[band] = largest
            }
        }
    }
}
