/// What there is to say about pace and pauses; `nil` when both are fine or unknown.
enum FlowAdvice: Hashable {
    case tooSlow, tooFast, longPauses

    /// Paces within these times the model's are natural.
    static let naturalPace = 0.7...1.4
    /// Below this share of speech the pauses are what a listener notices.
    static let leastDensity = 0.5

    init?(paceRatio: Double?, netSpeakingDensity: Double?) {
        if let paceRatio, paceRatio > Self.naturalPace.upperBound {
            self = .tooFast
        } else if let netSpeakingDensity, netSpeakingDensity < Self.leastDensity {
            self = .longPauses
        } else if let paceRatio, paceRatio < Self.naturalPace.lowerBound {
            self = .tooSlow
        } else {
            return nil
        }
    }

    var sentence: FeedbackSentence {
        switch self {
        case .tooSlow: .template(.tooSlow)
        case .tooFast: .template(.tooFast)
        case .longPauses: .template(.longPauses)
        }
    }
}
