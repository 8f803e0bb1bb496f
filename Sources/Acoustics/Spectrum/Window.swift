#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Weights that fade a frame in and out before its spectrum is taken.
package enum Window {
    /// The periodic Hann window: `0.5 − 0.5 cos(2πn/N)`, 0 at its first sample.
    ///
    /// Source: Harris (1978), "On the use of windows for harmonic analysis", Proc. IEEE 66(1), eq. 27b.
    package static func hann(count: Int) -> [Float] { raisedCosine(count: count, centre: 0.5) }

    /// The symmetric Hamming window, the same at both ends: `0.54 − 0.46 cos(2πn/(N−1))`.
    ///
    /// Source: the same, eq. 30b, over one sample less.
    package static func symmetricHamming(count: Int) -> [Float] {
        Array(raisedCosine(count: count - 1, centre: 0.54)) + [0.08]
    }

    private static func raisedCosine(count: Int, centre: Double) -> [Float] {
        (0..<count).map { index in
            Float(centre - (1 - centre) * cos(2 * .pi * Double(index) / Double(count)))
        }
    }
}
