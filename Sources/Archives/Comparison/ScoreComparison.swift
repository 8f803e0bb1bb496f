package import Foundation
package import Pronunciation
import SpeakModel

/// Two scorings of one archive, side by side.
package struct ScoreComparison: Sendable {
    /// A reading that both scored.
    package struct Pair: Sendable {
        package let id: String
        package let old: SentenceScores
        package let new: SentenceScores
        package let speaker: String?
        package let timestamp: String?

        /// The school's month of its timestamp, `YYYY-MM`; `nil` for one that is no moment in ISO 8601.
        package let month: String?

        package func change(_ name: ScoreName) -> Double { new[name] - old[name] }
    }

    /// A reading that moved far, with what was read.
    package struct Mover: Sendable {
        package let pair: Pair
        package let text: String
    }

    /// Readings of which a scoring could make nothing, and why.
    package struct Loss: Hashable, Sendable {
        package let id: String
        package let reason: String

        package init(id: String, reason: String) { (self.id, self.reason) = (id, reason) }
    }

    package private(set) var pairs: [Pair] = []
    package private(set) var oldScorers: Set<String> = []
    package private(set) var newScorers: Set<String> = []
    /// What one file has and the other has not, sorted.
    package private(set) var onlyOld: [String] = []
    package private(set) var onlyNew: [String] = []
    package private(set) var failedInBoth: [Loss] = []
    /// Scored before, and not now.
    package private(set) var lost: [Loss] = []
    /// Not scored before, and now.
    package private(set) var gained: [Loss] = []
    /// By their overall score, the farthest first.
    package private(set) var risers: [Mover] = []
    package private(set) var fallers: [Mover] = []
    private let moversShown: Int
    private let timeZone: TimeZone

    /// - Parameters:
    ///   - old: A file of results.
    ///   - new: Another, of the same archive.
    ///   - moversShown: How many of those that moved farthest are kept, each way.
    ///   - timeZone: The school's, where months begin.
    /// - Throws: ``ArchiveError`` for a file that holds no results, an id twice, or scores beyond 0...100.
    package init(old: String, new: String, moversShown: Int = 10, timeZone: TimeZone) throws {
        (self.moversShown, self.timeZone) = (moversShown, timeZone)
        var before: [String: Result<SentenceScores, ArchiveError>] = [:]
        try ArchiveResult.forEach(in: old) { result in
            guard before.updateValue(try result.outcome(in: old), forKey: result.id) == nil else {
                throw ArchiveError("\(old) holds two results of \(result.id).")
            }
            if let scorer = result.assessment?.scorer { oldScorers.insert(scorer) }
        }
        var seen = Set<String>()
        try ArchiveResult.forEach(in: new) { result in
            guard seen.insert(result.id).inserted else {
                throw ArchiveError("\(new) holds two results of \(result.id).")
            }
            if let scorer = result.assessment?.scorer { newScorers.insert(scorer) }
            add(result, try result.outcome(in: new), before.removeValue(forKey: result.id))
        }
        onlyOld = before.keys.sorted()
        onlyNew.sort()
        pairs.sort { $0.id < $1.id }
        lost.sort { $0.id < $1.id }
        gained.sort { $0.id < $1.id }
        failedInBoth.sort { $0.id < $1.id }
    }

    private mutating func add(
        _ result: ArchiveResult, _ outcome: Result<SentenceScores, ArchiveError>,
        _ before: Result<SentenceScores, ArchiveError>?
    ) {
        switch (before, outcome) {
        case (nil, _): onlyNew.append(result.id)
        case (.failure, .failure(let error)): failedInBoth.append(Loss(id: result.id, reason: error.description))
        case (.success, .failure(let error)): lost.append(Loss(id: result.id, reason: error.description))
        case (.failure(let error), .success): gained.append(Loss(id: result.id, reason: error.description))
        case (.success(let old), .success(let new)):
            let moment = result.timestamp.flatMap { Timestamp(iso8601: $0) }
            let pair = Pair(
                id: result.id, old: old, new: new, speaker: result.speaker, timestamp: result.timestamp,
                month: moment.map { String($0.date(in: timeZone).description.prefix(7)) })
            pairs.append(pair)
            note(Mover(pair: pair, text: result.text ?? ""))
        }
    }

    private mutating func note(_ mover: Mover) {
        let change = mover.pair.change(.overall)
        if change > 0 { Self.insert(mover, into: &risers, moversShown) { $0 > $1 } }
        if change < 0 { Self.insert(mover, into: &fallers, moversShown) { $0 < $1 } }
    }

    /// Of those that moved as far, the first by id come first.
    private static func insert(
        _ mover: Mover, into movers: inout [Mover], _ limit: Int, before: (Double, Double) -> Bool
    ) {
        let (change, id) = (mover.pair.change(.overall), mover.pair.id)
        let index = movers.firstIndex { other in
            let otherChange = other.pair.change(.overall)
            return before(change, otherChange) || change == otherChange && id < other.pair.id
        }
        guard (index ?? movers.count) < limit else { return }
        movers.insert(mover, at: index ?? movers.count)
        if movers.count > limit { movers.removeLast() }
    }
}

extension ScoreComparison {
    package func change(_ name: ScoreName) -> ScoreChange {
        ScoreChange(pairs.map { (old: $0.old[name], new: $0.new[name]) })
    }

    /// How the overall score moved for each student, the farthest first.
    package var bySpeaker: [(name: String, change: ScoreChange)] {
        groups(\.speaker).sorted { (abs($0.change.mean), $1.name) > (abs($1.change.mean), $0.name) }
    }

    /// How the overall score moved in each month, in order.
    package var byMonth: [(name: String, change: ScoreChange)] { groups(\.month).sorted { $0.name < $1.name } }

    private func groups(_ name: (Pair) -> String?) -> [(name: String, change: ScoreChange)] {
        var groups: [String: [(old: Double, new: Double)]] = [:]
        for pair in pairs {
            guard let name = name(pair) else { continue }
            groups[name, default: []].append((pair.old.overall, pair.new.overall))
        }
        return groups.map { ($0.key, ScoreChange($0.value)) }
    }
}

extension ArchiveResult {
    /// - Throws: ``ArchiveError`` for scores that no scorer gives.
    fileprivate func outcome(in path: String) throws(ArchiveError) -> Result<SentenceScores, ArchiveError> {
        guard let scores = assessment?.scores else { return .failure(ArchiveError(error ?? "")) }
        guard ScoreName.allCases.allSatisfy({ (0...100).contains(scores[$0]) }) else {
            throw ArchiveError("\(path): the scores of \(id) are not within 0 to 100.")
        }
        return .success(scores)
    }
}
