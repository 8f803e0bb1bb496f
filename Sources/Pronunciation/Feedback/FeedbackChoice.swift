/// Which advice is given, of all there is: a learner can act on two things.
enum FeedbackChoice {
    /// The gravest advice on words and sounds, and one more thing.
    ///
    /// The second is the flow, or the next gravest. Beside a missed word it is the weakest sound, since the flow suffers
    /// from the missed word anyway.
    static func sentences(_ advice: [WordAdvice], _ flow: FlowAdvice?) -> [FeedbackSentence] {
        guard let first = advice.first else {
            return flow.map { [.template(.allRightBut), $0.sentence] } ?? [.template(.allRight)]
        }
        if first.isWhole { return [first.sentence] }
        let next = advice.dropFirst().first
        let second = next.map(\.isSound) == true && !first.isSound ? next?.sentence : flow?.sentence ?? next?.sentence
        return [first.sentence] + [second].compactMap { $0 }
    }
}
