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
    /// 18 × 18 cosines by line, scaled so that synthesis gives back the same level.
    private let cosines: [Float]
    private let aliasKept: [Float]
    private let aliasMoved: [Float]

    init() {
        window = (0..<36).map { Float(sin(.pi / 36 * (Double($0) + 0.5))) }
        cosines = (0..<18).flatMap { line in
            (0..<18).map { Float(cos(.pi / 18 * (Double($0) + 0.5) * (Double(line) + 0.5)) / 9) }
        }
        let coefficients = [-0.6, -0.535, -0.33, -0.185, -0.095, -0.041, -0.0142, -0.0037]
        aliasKept = coefficients.map { Float(1 / (1 + $0 * $0).squareRoot()) }
        aliasMoved = coefficients.map { Float($0 / (1 + $0 * $0).squareRoot()) }
    }

    /// - Parameters:
    ///   - previous: The granule before, 18 slots of four vectors from ``MP3Filterbank``.
    ///   - current: This granule.
    ///   - lines: Receives 576 values in order of frequency, about ±1 for a sine at full scale.
    func analyse(
        previous: UnsafePointer<SIMD8<Float>>, current: UnsafePointer<SIMD8<Float>>,
        into lines: UnsafeMutablePointer<Float>
    ) {
        withUnsafeTemporaryAllocation(of: SIMD8<Float>.self, capacity: 18) { folded in
            for vector in 0..<4 {
                fold(previous + vector, current + vector, into: folded)
                transform(folded, vector: vector, into: lines)
            }
        }
        reduceAliases(lines)
    }

    private func fold(
        _ previous: UnsafePointer<SIMD8<Float>>, _ current: UnsafePointer<SIMD8<Float>>,
        into folded: UnsafeMutableBufferPointer<SIMD8<Float>>
    ) {
        window.withUnsafeBufferPointer { window in
            for index in 0..<9 {
                folded[index] =
                    -(current[4 * (8 - index)] * window[26 - index]) - current[4 * (9 + index)] * window[27 + index]
                folded[9 + index] =
                    previous[4 * index] * window[index] - previous[4 * (17 - index)] * window[17 - index]
            }
        }
    }

    private func transform(
        _ folded: UnsafeMutableBufferPointer<SIMD8<Float>>, vector: Int, into lines: UnsafeMutablePointer<Float>
    ) {
        cosines.withUnsafeBufferPointer { cosines in
            for line in stride(from: 0, to: 18, by: 3) {
                var (first, second, third) = (SIMD8<Float>(), SIMD8<Float>(), SIMD8<Float>())
                let row = 18 * line
                for index in 0..<18 {
                    let value = folded[index]
                    first += value * cosines[row + index]
                    second += value * cosines[row + 18 + index]
                    third += value * cosines[row + 36 + index]
                }
                for lane in 0..<8 {
                    let band = vector < 2 ? 8 * vector + lane : 47 - 8 * vector - lane
                    let target = lines + (18 * band + line)
                    target[0] = first[lane]
                    target[1] = second[lane]
                    target[2] = third[lane]
                }
            }
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
