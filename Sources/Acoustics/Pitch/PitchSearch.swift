/// What a pitch tracker looks for, and what it pays for each decision.
///
/// Costs are in units of the normalised difference: 0 is a perfect repetition, 1 is none.
///
/// The defaults were chosen on 116 recordings of adult and child learners beside Praat 6.1.38 (autocorrelation, 60–500 Hz):
/// 94 % of frames have the same voicing, and 0.6 % of those voiced in both differ by more than a fifth.
package struct PitchSearch: Hashable, Sendable {
    /// From a man's creak to a child's squeal.
    package var rangeInHz: ClosedRange<Double>
    package var hopInSeconds: Double
    /// The difference above which a frame is better called unvoiced.
    ///
    /// Source: de Cheveigné & Kawahara (2002) use 0.1–0.2 where everything is voiced; the paths here pay for jumps, so
    /// a rough voice may be let in.
    package var voicingThreshold: Double
    /// Paid per octave below the range's top: of two equal repetitions the shorter is the pitch, the longer its double.
    package var octaveCost: Double
    /// Paid per octave of change from one frame to the next, at a hop of 10 ms.
    ///
    /// Source: Boersma (1993), "Accurate short-term analysis of the fundamental frequency", IFA Proc. 17, for this and
    /// the next.
    package var octaveJumpCost: Double
    /// Paid where voice begins and ends.
    package var voicingChangeCost: Double
    /// Frames so far below the recording's loudest are silence, whatever hums in them.
    package var silenceInDB: Double

    /// - Precondition: The range's bounds and the hop are positive.
    package init(
        rangeInHz: ClosedRange<Double> = 60...500, hopInSeconds: Double = 0.01, voicingThreshold: Double = 0.42,
        octaveCost: Double = 0.01, octaveJumpCost: Double = 0.35, voicingChangeCost: Double = 0.14,
        silenceInDB: Double = -30
    ) {
        precondition(rangeInHz.lowerBound > 0 && hopInSeconds > 0, "Pitches and hops are positive.")
        (self.rangeInHz, self.hopInSeconds) = (rangeInHz, hopInSeconds)
        (self.voicingThreshold, self.octaveCost) = (voicingThreshold, octaveCost)
        (self.octaveJumpCost, self.voicingChangeCost) = (octaveJumpCost, voicingChangeCost)
        self.silenceInDB = silenceInDB
    }
}
