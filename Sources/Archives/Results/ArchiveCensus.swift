/// What an archive holds, counted in one pass in front of the work.
package struct ArchiveCensus: Sendable {
    package private(set) var items = 0
    /// Items that name no recording, or no text.
    package private(set) var problems = 0
    /// The first of them, for people.
    package private(set) var firstProblems: [String] = []
    package private(set) var speakers: Int = 0
    /// Of the items, those whose line a file of results has.
    package private(set) var finished = 0
    package private(set) var failedBefore = 0
    /// Whose line is about another recording, part of it, or text.
    package private(set) var changed = 0
    package private(set) var firstChanged: String?
    /// Recordings, evenly spread over the archive.
    package private(set) var sample: [ArchiveEntry] = []

    private var stride = 1
    private var seenSpeakers: Set<Digest> = []
    /// Ids whose lines are failures or about something else, where somebody wants to take these away.
    package let keepsStale: Bool
    private var stale: Set<Digest> = []

    /// Entries that a sample has at most.
    package static let largestSample = 200
    private static let shownProblems = 10

    package init(keepsStale: Bool = false) { self.keepsStale = keepsStale }

    package mutating func add(_ item: ArchiveItem, in results: FinishedResults) {
        switch item {
        case .problem(let id, let reason):
            problems += 1
            if firstProblems.count < Self.shownProblems { firstProblems.append("\(id): \(reason)") }
        case .entry(let entry): addToSample(entry)
        }
        items += 1
        note(results.state(of: item), of: item)
    }

    package func isStale(_ id: String) -> Bool { stale.contains(Digest(id)) }

    private mutating func note(_ state: FinishedResults.State, of item: ArchiveItem) {
        switch state {
        case .missing: return
        case .finished: finished += 1
        case .failed:
            failedBefore += 1
            if keepsStale { stale.insert(Digest(item.id)) }
        case .changed:
            changed += 1
            firstChanged = firstChanged ?? item.id
            if keepsStale { stale.insert(Digest(item.id)) }
        }
    }

    /// Every so many recordings; twice as many once the sample is full.
    private mutating func addToSample(_ entry: ArchiveEntry) {
        if let speaker = entry.speaker, seenSpeakers.insert(Digest(speaker)).inserted { speakers += 1 }
        let recordings = items - problems
        guard recordings % stride == 0 else { return }
        sample.append(entry)
        guard sample.count > Self.largestSample else { return }
        sample = sample.enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element)
        stride *= 2
    }
}
