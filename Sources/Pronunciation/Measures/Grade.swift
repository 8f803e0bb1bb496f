/// The grade that a score of 0...100 stands for.
package enum Grade: String, Hashable, Sendable, CaseIterable {
    case aPlus = "A+"
    case a = "A"
    case bPlus = "B+"
    case b = "B"
    case cPlus = "C+"
    case c = "C"
    case d = "D"
    case f = "F"

    /// - Precondition: `score` is a number; a score that is none is a mistake of ours.
    package init(score: Double) {
        precondition(!score.isNaN, "a score is a number")
        self = Self.allCases.first { score >= $0.leastScore } ?? .f
    }

    /// The lowest score of this grade.
    package var leastScore: Double {
        switch self {
        case .aPlus: 95
        case .a: 90
        case .bPlus: 85
        case .b: 80
        case .cPlus: 75
        case .c: 70
        case .d: 60
        case .f: -.infinity
        }
    }
}
