package import Pronunciation

extension SentenceScores {
    package subscript(name: ScoreName) -> Double {
        switch name {
        case .overall: overall
        case .accuracy: accuracy
        case .fluency: fluency
        case .prosody: prosody
        case .completeness: completeness
        }
    }
}
