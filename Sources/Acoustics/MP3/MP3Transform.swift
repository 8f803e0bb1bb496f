#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The second half of MP3's analysis: each band's 36 last samples to 18 lines, 576 in all, with long blocks only.
///
/// Source: ISO/IEC 11172-3:1993, 3-C.1.5.3.3 (transform, window of block type 0) and table 3-B.9 (alias reduction).
/// The transform is folded to a DCT-IV of 18 points; Princen & Bradley (1986), IEEE Trans. ASSP 34(5).
struct MP3Transform {
    private let window: [Float]
    /// For each of 18 samples the cosines of 18 lines, filled up to five vectors with zeros, and scaled so that
    /// synthesis gives back the same level.
    private let cosines: [SIMD4<Float>]
    private let aliasKept: [Float]
    private let aliasMoved: [Float]

    /// Floats that ``analyse(previous:current:into:)`` needs room for: the last band's vectors reach two too far.
    static let roomForLines = 578

    init() {
        window = (0..<36).map { Float(sin(.pi / 36 * (Double($0) + 0.5))) }
        cosines = (0..<18).flatMap { sample in
            stride(from: 0, to: 20, by: 4).map { start in
                SIMD4((start..<start + 4).map { $0 < 18 ? Self.cosine(sample: sample, line: $0) : 0 })
            }
        }
        let coefficients = [-0.6, -0.535, -0.33, -0.185, -0.095, -0.041, -0.0142, -0.0037]
        aliasKept = coefficients.map { Float(1 / (1 + $0 * $0).squareRoot()) }
        aliasMoved = coefficients.map { Float($0 / (1 + $0 * $0).squareRoot()) }
    }

    private static func cosine(sample: Int, line: Int) -> Float {
        Float(cos(.pi / 18 * (Double(sample) + 0.5) * (Double(line) + 0.5)) / 9)
    }

    /// - Parameters:
    ///   - previous: The granule before, 18 slots of four vectors from ``MP3Filterbank``.
    ///   - current: This granule.
    ///   - lines: Receives 576 values in order of frequency, about ±1 for a sine at full scale.
    func analyse(
        previous: UnsafePointer<SIMD8<Float>>, current: UnsafePointer<SIMD8<Float>>,
        into lines: UnsafeMutablePointer<Float>
    ) {
        withUnsafeTemporaryAllocation(of: SIMD8<Float>.self, capacity: 72) { folded in
            guard let start = folded.baseAddress else { return }
            for vector in 0..<4 { fold(previous + vector, current + vector, into: start + vector) }
            let samples = UnsafeRawPointer(start).assumingMemoryBound(to: Float.self)
            // In order of bands, so that each overwrites what the one before put too far.
            for band in 0..<32 { transform(samples + (band < 16 ? band : 47 - band), into: lines + 18 * band) }
        }
        reduceAliases(lines)
    }

    private func fold(
        _ previous: UnsafePointer<SIMD8<Float>>, _ current: UnsafePointer<SIMD8<Float>>,
        into folded: UnsafeMutablePointer<SIMD8<Float>>
    ) {
        window.withUnsafeBufferPointer { window in
            for index in 0..<9 {
                folded[4 * index] =
                    -(current[4 * (8 - index)] * window[26 - index]) - current[4 * (9 + index)] * window[27 + index]
                folded[4 * (9 + index)] =
                    previous[4 * index] * window[index] - previous[4 * (17 - index)] * window[17 - index]
            }
        }
    }

    /// One band: 18 samples, 32 apart, to 18 lines and two zeros.
    @inline(__always)
    private func transform(_ samples: UnsafePointer<Float>, into lines: UnsafeMutablePointer<Float>) {
        cosines.withUnsafeBufferPointer { cosines in
            var (sum0, sum1, sum2, sum3, sum4) = (
                SIMD4<Float>(), SIMD4<Float>(), SIMD4<Float>(), SIMD4<Float>(), SIMD4<Float>()
            )
            for index in 0..<18 {
                let sample = samples[32 * index]
                sum0 += cosines[5 * index] * sample
                sum1 += cosines[5 * index + 1] * sample
                sum2 += cosines[5 * index + 2] * sample
                sum3 += cosines[5 * index + 3] * sample
                sum4 += cosines[5 * index + 4] * sample
            }
            let output = UnsafeMutableRawPointer(lines)
            output.storeBytes(of: sum0, as: SIMD4<Float>.self)
            output.storeBytes(of: sum1, toByteOffset: 16, as: SIMD4<Float>.self)
            output.storeBytes(of: sum2, toByteOffset: 32, as: SIMD4<Float>.self)
            output.storeBytes(of: sum3, toByteOffset: 48, as: SIMD4<Float>.self)
            output.storeBytes(of: sum4, toByteOffset: 64, as: SIMD4<Float>.self)
        }
    }

    private func reduceAliases(_ lines: UnsafeMutablePointer<Float>) {
        aliasKept.withUnsafeBufferPointer { kept in
            aliasMoved.withUnsafeBufferPointer { moved in
                for border in stride(from: 18, to: 576, by: 18) {
                    for index in 0..<8 {
                        let (below, above) = (lines[border - 1 - index], lines[border + index])
                        lines[border - 1 - index] = below * kept[index] + above * moved[index]
                        lines[border + index] = above * kept[index] - below * moved[index]
                    }
                }
            }
        }
    }
}
