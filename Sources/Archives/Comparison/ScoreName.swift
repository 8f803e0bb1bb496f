/// The scores of a reading.
package enum ScoreName: String, CaseIterable, Sendable {
    case overall, accuracy, fluency, prosody, completeness

    /// As results and rows name it.
    package var attribute: String { rawValue + "_score" }
}
