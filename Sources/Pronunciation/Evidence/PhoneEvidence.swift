/// What the sound says about one sound of the sentence.
///
/// Scores are mean natural log densities a frame.
package struct PhoneEvidence: Hashable, Sendable {
    package let phone: Phone
    /// Which word of the sentence it belongs to.
    package let word: Int
    package let frames: Range<Int>
    /// How much likelier the frames are as this sound between its neighbours than as the likeliest of any sounds.
    package let goodness: Double
    /// The same without regard to the neighbours.
    package let plainGoodness: Double
    /// The goodness of the third of the frames that fits least.
    package let worstGoodness: Double
    /// The score of the likeliest sequence of any sounds.
    package let loopScore: Double
    /// The score of each ``Phone`` through these frames, in the order of `Phone.allCases`.
    package let rivalScores: [Double]
    /// The score of silence or noise.
    package let pauseScore: Double
    /// The share of the frames that is heard as this sound, 0...1.
    package let agreement: Double
    /// The mean probability of this sound among all, each in its likeliest state, 0...1.
    package let posterior: Double
    /// How undecided the frames are between sounds, in nats.
    package let entropy: Double
    /// Silence before and after it, in frames.
    package let pauseBefore: Int
    package let pauseAfter: Int
    /// Relative to the recording's speech.
    package let levelInDB: Double
    /// The share of the frames in which the voice has a pitch, 0...1.
    package let voicedShare: Double
    /// The natural logarithm of the mean pitch in Hz; `nil` for a voiceless sound.
    package let logPitch: Double?

    package var frameCount: Int { frames.count }
    var score: Double { rivalScores[phone.index] }
}
