/// Why weights cannot be used.
package enum ScoringWeightsError: Error, Hashable, Sendable, CustomStringConvertible {
    case invalid(_ reason: String)

    package var description: String {
        switch self {
        case .invalid(let reason): "The scorer's weights cannot be used: \(reason)."
        }
    }
}
