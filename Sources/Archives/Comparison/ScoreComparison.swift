package import Pronunciation

/// Two scorings of one archive, side by side.
package struct ScoreComparison: Sendable {
    /// A reading that both scored.
    package struct Pair: Sendable {
        package let id: String
        package let old: SentenceScores
        package let new: SentenceScores
        package let speaker: String?
        package let timestamp: String?

        package func change(_ name: ScoreName) -> Double { new[name] - old[name] }

        /// `YYYY-MM`.
        package var month: String? {
            timestamp.flatMap { $0.utf8.count >= 7 && $0.dropFirst(4).first == "-" ? String($0.prefix(7)) : nil }
        }
    }

    /// A reading that moved far, with what was read.
    package struct Mover: Sendable {
        package let pair: Pair
        package let text: String
    }

    /// Readings of which only one scoring could make something, and why the other could not.
    package struct Loss: Hashable, Sendable {
        package let id: String
        package let reason: String
    }

    package private(set) var pairs: [Pair] = []
    package private(set) var oldScorers: Set<String> = []
    package private(set) var newScorers: Set<String> = []
    package private(set) var onlyOld = 0
    package private(set) var onlyNew = 0
    package private(set) var failedInBoth = 0
    /// Scored before, and not now.
    package private(set) var lost: [Loss] = []
    /// Not scored before, and now.
    package private(set) var gained: [Loss] = []
    /// By their overall score, the farthest first.
    package private(set) var risers: [Mover] = []
    package private(set) var fallers: [Mover] = []
    private let moversShown: Int

    /// - Parameters:
    ///   - old: A file of results.
    ///   - new: Another, of the same archive.
    ///   - moversShown: How many of those that moved farthest are kept, each way.
    /// - Throws: ``ArchiveError`` for a file that holds no results, or an id twice.
    package init(old: String, new: String, moversShown: Int = 10) throws {
        self.moversShown = moversShown
        var before: [String: Result<SentenceScores, ArchiveError>] = [:]
        try ArchiveResult.forEach(in: old) { result in
            guard before.updateValue(result.outcome, forKey: result.id) == nil else {
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
            add(result, before.removeValue(forKey: result.id))
        }
        onlyOld = before.count
        pairs.sort { $0.id < $1.id }
    }

    private mutating func add(_ result: ArchiveResult, _ before: Result<SentenceScores, ArchiveError>?) {
        switch (before, result.outcome) {
        case (nil, _): onlyNew += 1
        case (.failure, .failure): failedInBoth += 1
        case (.success, .failure(let error)): lost.append(Loss(id: result.id, reason: error.description))
        case (.failure(let error), .success): gained.append(Loss(id: result.id, reason: error.description))
        case (.success(let old), .success(let new)):
            let pair = Pair(
                id: result.id, old: old, new: new, speaker: result.speaker, timestamp: result.timestamp)
            pairs.append(pair)
            note(Mover(pair: pair, text: result.text ?? ""))
        }
    }

    private mutating func note(_ mover: Mover) {
        let change = mover.pair.change(.overall)
        if change > 0 { Self.insert(mover, into: &risers, moversShown) { $0 > $1 } }
        if change < 0 { Self.insert(mover, into: &fallers, moversShown) { $0 < $1 } }
    }

    private static func insert(
        _ mover: Mover, into movers: inout [Mover], _ limit: Int, before: (Double, Double) -> Bool
    ) {
        let change = mover.pair.change(.overall)
        let index = movers.firstIndex { before(change, $0.pair.change(.overall)) } ?? movers.count
        guard index < limit else { return }
        movers.insert(mover, at: index)
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
    fileprivate var outcome: Result<SentenceScores, ArchiveError> {
        assessment.map { .success($0.scores) } ?? .failure(ArchiveError(error ?? ""))
    }
}
