#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The first half of MP3's analysis: 32 bands of equal width, each at a 32nd of the sample rate.
///
/// Source: ISO/IEC 11172-3:1993, 3-C.1.3 and annex C "Analysis subband filter". The 32 × 64 cosine matrix is folded
/// to 32 × 32 by its symmetry around column 16, and again to two of 16 × 16 by that of even and odd columns.
///
/// Bands leave in the order ``bandOfLane``, eight to a vector, which is how the folded matrix makes them.
struct MP3Filterbank {
    /// Vectors of samples that a granule of 18 slots moves on by, and that it reads.
    static let vectorsPerGranule = 72
    static let vectorsRead = 72 + 60

    /// The subband in each of the 32 lanes of a slot.
    static let bandOfLane = Array(0..<16) + (0..<16).map { 31 - $0 }

    private let window: [SIMD8<Float>]
    private let evenCosines: [SIMD8<Float>]
    private let oddCosines: [SIMD8<Float>]
    private let oddBandsNegated: [SIMD8<Float>]

    init() {
        window = Self.packed(MP3Tables.analysisWindow.reversed())
        func cosines(_ columns: StrideTo<Int>) -> [SIMD8<Float>] {
            Self.packed(
                columns.flatMap { column in
                    (0..<16).map { Float(cos(Double((2 * $0 + 1) * column) * .pi / 64)) }
                })
        }
        evenCosines = cosines(stride(from: 0, to: 32, by: 2))
        oddCosines = cosines(stride(from: 1, to: 32, by: 2))
        oddBandsNegated = Self.packed(Self.bandOfLane.map { $0 % 2 == 0 ? 1 : -1 })
    }

    private static func packed(_ values: [Float]) -> [SIMD8<Float>] {
        stride(from: 0, to: values.count, by: 8).map { SIMD8(values[$0..<$0 + 8]) }
    }

    /// Filters one granule; every second slot has its odd bands negated, as the transform after it wants them.
    ///
    /// - Parameters:
    ///   - samples: ``vectorsRead`` vectors: the 480 samples before the granule, then its own 576.
    ///   - slots: Receives 18 slots of four vectors.
    func analyse(_ samples: UnsafePointer<SIMD8<Float>>, into slots: UnsafeMutablePointer<SIMD8<Float>>) {
        withUnsafeTemporaryAllocation(of: SIMD8<Float>.self, capacity: 12) { scratch in
            guard let sums = scratch.baseAddress else { return }
            for slot in 0..<18 {
                windowed(samples + 4 * slot, into: sums)
                Self.fold(UnsafeRawPointer(sums).assumingMemoryBound(to: Float.self), into: sums + 8)
                let output = slots + 4 * slot
                modulate(UnsafeRawPointer(sums + 8).assumingMemoryBound(to: Float.self), into: output)
                if slot % 2 == 1 { for lane in 0..<4 { output[lane] *= oddBandsNegated[lane] } }
            }
        }
    }

    /// 512 samples times the window, added up to 64 sums, in reversed order.
    private func windowed(_ samples: UnsafePointer<SIMD8<Float>>, into sums: UnsafeMutablePointer<SIMD8<Float>>) {
        window.withUnsafeBufferPointer { window in
            for column in 0..<8 {
                var sum = SIMD8<Float>.zero
                for row in 0..<8 { sum += window[8 * row + column] * samples[8 * row + column] }
                sums[column] = sum
            }
        }
    }

    /// 64 sums to the 32 that are left by the matrix's symmetry.
    private static func fold(_ reversed: UnsafePointer<Float>, into folded: UnsafeMutablePointer<SIMD8<Float>>) {
        let output = UnsafeMutableRawPointer(folded).assumingMemoryBound(to: Float.self)
        output[0] = reversed[47]
        for index in 1...16 { output[index] = reversed[47 - index] + reversed[47 + index] }
        for index in 17..<32 { output[index] = reversed[47 - index] - reversed[index - 17] }
    }

    private func modulate(_ folded: UnsafePointer<Float>, into output: UnsafeMutablePointer<SIMD8<Float>>) {
        evenCosines.withUnsafeBufferPointer { evenCosines in
            oddCosines.withUnsafeBufferPointer { oddCosines in
                var (even0, even1, odd0, odd1) = (SIMD8<Float>(), SIMD8<Float>(), SIMD8<Float>(), SIMD8<Float>())
                for index in 0..<16 {
                    let (even, odd) = (folded[2 * index], folded[2 * index + 1])
                    even0 += evenCosines[2 * index] * even
                    even1 += evenCosines[2 * index + 1] * even
                    odd0 += oddCosines[2 * index] * odd
                    odd1 += oddCosines[2 * index + 1] * odd
                }
                output[0] = even0 + odd0
                output[1] = even1 + odd1
                output[2] = even0 - odd0
                output[3] = even1 - odd1
            }
        }
    }
}
