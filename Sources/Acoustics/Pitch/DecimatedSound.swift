#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A sound at a rate that is just enough for pitch: the largest whole fraction of its own that stays above 7 kHz.
///
/// The difference function costs with the square of the rate, and nothing that it measures lies above 2 kHz.
struct DecimatedSound {
    let samples: [Float]
    let rateInHz: Double

    static let leastRateInHz = 7_000

    /// - Complexity: O(`waveform.samples.count`), at 12 multiplications each.
    init(_ waveform: Waveform) {
        let factor = max(1, waveform.sampleRateInHz / Self.leastRateInHz)
        rateInHz = Double(waveform.sampleRateInHz) / Double(factor)
        samples = factor == 1 ? waveform.samples : Self.filtered(waveform.samples, keepingEvery: factor)
    }

    /// Low-passes at 0.3 of the new rate, so that what would fold into the band below 0.4 is gone by 40 dB.
    private static func filtered(_ samples: [Float], keepingEvery factor: Int) -> [Float] {
        let taps = lowPass(factor: factor)
        let reach = taps.count / 2
        var padded = [Float](repeating: 0, count: samples.count + taps.count + factor)
        padded.replaceSubrange(reach..<reach + samples.count, with: samples)
        return [Float](unsafeUninitializedCapacity: (samples.count + factor - 1) / factor) { kept, count in
            count = (samples.count + factor - 1) / factor
            padded.withUnsafeBufferPointer { padded in
                taps.withUnsafeBufferPointer { taps in
                    for index in 0..<count { kept[index] = dot(padded, at: index * factor, taps) }
                }
            }
        }
    }

    /// A windowed sinc with a multiple of eight taps that sum to 1.
    private static func lowPass(factor: Int) -> [Float] {
        let count = (6 * factor + 3) / 4 * 8
        let window = Window.hann(count: count)
        let middle = Double(count) / 2
        let raw = window.enumerated().map { index, weight in
            let position = .pi * 2 * 0.3 * (Double(index) - middle) / Double(factor)
            return weight * Float(position == 0 ? 1 : sin(position) / position)
        }
        let sum = raw.reduce(0, +)
        return raw.map { $0 / sum }
    }

    private static func dot(
        _ samples: UnsafeBufferPointer<Float>, at start: Int, _ taps: UnsafeBufferPointer<Float>
    ) -> Float {
        precondition(start + taps.count <= samples.count, "The padding is as long as the filter.")
        let left = UnsafeRawPointer(samples.baseAddress.unsafelyUnwrapped + start)
        let right = UnsafeRawPointer(taps.baseAddress.unsafelyUnwrapped)
        var sum = SIMD8<Float>.zero
        let (bytes, step) = (taps.count * MemoryLayout<Float>.stride, MemoryLayout<SIMD8<Float>>.stride)
        for offset in stride(from: 0, to: bytes, by: step) {
            sum +=
                left.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self)
                * right.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self)
        }
        return sum.sum()
    }
}
