#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Finds sounds that begin suddenly, before which long blocks would spread their noise.
///
/// Other encoders go over to short blocks there; this one makes the noise smaller for that granule.
enum MP3Attack {
    /// Log2 of how much less noise the granule may have: 0 for steady sound, to 4 (12 dB).
    ///
    /// - Parameter slots: The 36 slots of four vectors that a granule's transform covers.
    static func sharpness(_ slots: UnsafePointer<SIMD8<Float>>) -> Float {
        var quietest = Float.infinity
        var steepest: Float = 1
        for part in 0..<6 {
            var sum = SIMD8<Float>.zero
            for vector in 24 * part..<24 * (part + 1) { sum += slots[vector] * slots[vector] }
            let power = sum.sum() + 1e-6
            quietest = min(quietest, power)
            steepest = max(steepest, power / quietest)
        }
        return min(max((log2f(steepest) - 6) / 2, 0), 4)
    }
}
