import CFFTW
import Synchronization

/// The owner of one FFTW plan for real frames, with its buffers.
///
/// Make one per thread and use it for many frames.
package struct FourierTransform: ~Copyable {
    /// Samples per transform; shorter frames are padded with zeros.
    package let sizeInSamples: Int
    private let plan: OpaquePointer
    private let input: UnsafeMutablePointer<Float>
    private let output: UnsafeMutablePointer<fftwf_complex>

    /// Executing a plan is safe from any thread; making and destroying one is not.
    ///
    /// Source: FFTW 3.3.10 manual, "Thread safety".
    private static let planning = Mutex(())

    /// Plans are estimated, not measured: a measured plan can differ between runs, and results with it.
    ///
    /// - Precondition: `sizeInSamples` is positive.
    package init(sizeInSamples: Int) {
        precondition(sizeInSamples > 0, "A Fourier transform needs at least one sample.")
        self.sizeInSamples = sizeInSamples
        let input = fftwf_alloc_real(sizeInSamples)
        let output = fftwf_alloc_complex(sizeInSamples / 2 + 1)
        var plan: OpaquePointer?
        Self.planning.withLock { _ in
            plan = fftwf_plan_dft_r2c_1d(Int32(sizeInSamples), input, output, FFTW_ESTIMATE)
        }
        guard let input, let output, let plan else { preconditionFailure("FFTW found no memory for a plan.") }
        self.input = input
        self.output = output
        self.plan = plan
    }

    deinit {
        Self.planning.withLock { [plan] _ in fftwf_destroy_plan(plan) }
        fftwf_free(input)
        fftwf_free(output)
    }

    /// Values in a spectrum: bin `k` is at `k · sampleRate / sizeInSamples` Hz.
    package var binCount: Int { sizeInSamples / 2 + 1 }

    /// The frequency of a bin's centre.
    package func frequencyInHz(ofBin bin: Int, sampleRateInHz: Int) -> Double {
        Double(bin) * Double(sampleRateInHz) / Double(sizeInSamples)
    }

    /// Squared magnitudes of one windowed frame; no scaling, so a sine of amplitude 1 gives (Σ window / 2)².
    ///
    /// - Parameters:
    ///   - frame: At most `sizeInSamples` samples, full scale ±1.
    ///   - window: As many weights as the frame has samples.
    ///   - power: Receives `binCount` values; its old content goes, its memory is used again.
    /// - Complexity: O(`sizeInSamples` · log `sizeInSamples`).
    package mutating func powerSpectrum(of frame: Span<Float>, window: Span<Float>, into power: inout [Float]) {
        precondition(frame.count <= sizeInSamples, "The frame is longer than the transform.")
        precondition(frame.count == window.count, "The window is as long as the frame.")
        for index in frame.indices { input[index] = frame[index] * window[index] }
        for index in frame.count..<sizeInSamples { input[index] = 0 }
        fftwf_execute(plan)
        if power.count != binCount { power = [Float](repeating: 0, count: binCount) }
        for bin in power.indices {
            let (real, imaginary) = output[bin]
            power[bin] = real * real + imaginary * imaginary
        }
    }
}
