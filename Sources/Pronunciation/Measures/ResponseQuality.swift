/// How well a learner answered in a spoken turn: at once, without long pauses, at a natural pace, at some length.
package enum ResponseQuality {
    /// One score from four parts, each 0...1 and linear between its bounds.
    ///
    /// | part | weight | nothing | full |
    /// | --- | --- | --- | --- |
    /// | promptness | 25 | 8 s and more before the first speech | 1 s and less |
    /// | density | 30 | no speech | 70 % of the recording is speech |
    /// | length | 25 | no speech | 5 s of speech |
    /// | pace | 20 | at most 0.3 or at least 2.5 times the model's | 0.7 to 1.4 times the model's |
    ///
    /// With an unknown pace (no transcript) the other three are weighed alone, so nobody gains or loses by it. Without
    /// any speech the score is 0. Answering sooner, denser or longer never lowers the score. A value that is not a
    /// number counts as the worst.
    ///
    /// - Parameters:
    ///   - latencyInMilliseconds: From the recording's start to the first speech.
    ///   - netSpeakingDensity: Speech time ÷ recording time, 0...1.
    ///   - paceRatio: Above 1 is faster than the model; `nil` when unknown.
    ///   - speakingInMilliseconds: Speech time.
    /// - Returns: 0...100, never NaN.
    package static func score(
        latencyInMilliseconds latency: Double, netSpeakingDensity density: Double, paceRatio: Double?,
        speakingInMilliseconds speaking: Double
    ) -> Double {
        guard speaking > 0, density > 0 else { return 0 }
        var parts = [
            (weight: 25.0, share: share(latency, from: 8000, to: 1000)),
            (weight: 30.0, share: share(density, from: 0, to: 0.7)),
            (weight: 25.0, share: share(speaking, from: 0, to: 5000)),
        ]
        if let paceRatio { parts.append((weight: 20, share: paceShare(paceRatio))) }
        let weights = parts.reduce(0) { $0 + $1.weight }
        return 100 * parts.reduce(0) { $0 + $1.weight * $1.share } / weights
    }

    /// Too slow and too fast both cost.
    private static func paceShare(_ ratio: Double) -> Double {
        min(share(ratio, from: 0.3, to: 0.7), share(ratio, from: 2.5, to: 1.4))
    }

    /// Where `value` lies between the worst (0) and the best (1), beyond them the same; 0 for NaN.
    private static func share(_ value: Double, from worst: Double, to best: Double) -> Double {
        guard !value.isNaN else { return 0 }
        let nearest = min(max(value, min(worst, best)), max(worst, best))
        return (nearest - worst) / (best - worst)
    }
}
