/// How a waveform is cut into overlapping frames: frame `i` covers `frameInSamples` from sample `i · hopInSamples`.
package struct Framing: Hashable, Sendable {
    package let frameInSamples: Int
    package let hopInSamples: Int
    package let sampleRateInHz: Int

    package init(frameInSamples: Int, hopInSamples: Int, sampleRateInHz: Int) {
        precondition(frameInSamples > 0 && hopInSamples > 0 && sampleRateInHz > 0, "Frames have positive lengths.")
        self.frameInSamples = frameInSamples
        self.hopInSamples = hopInSamples
        self.sampleRateInHz = sampleRateInHz
    }

    /// Whole frames in so many samples; a shorter sound has none.
    package func frameCount(inSamples count: Int) -> Int {
        count < frameInSamples ? 0 : (count - frameInSamples) / hopInSamples + 1
    }

    /// The samples of a frame.
    package func samples(ofFrame frame: Int) -> Range<Int> {
        frame * hopInSamples..<frame * hopInSamples + frameInSamples
    }

    /// The time of a frame's middle.
    package func seconds(ofFrame frame: Int) -> Double {
        (Double(frame * hopInSamples) + Double(frameInSamples) / 2) / Double(sampleRateInHz)
    }
}
