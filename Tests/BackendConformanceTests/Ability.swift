import Queueing

/// What the embedded store does and a backend over AWS's protocols cannot, for want of words in them; docs/aws.md says
/// what happens instead.
enum Ability: CaseIterable, Sendable {
    /// Tells what a transaction found and left.
    case transactionResults
    /// Keeps why a delivery failed beside a message that stays.
    case reasons
    /// Says of a deletion that its receipt was stale.
    case staleDeletions
    /// Knows how old a queue's oldest message is.
    case ages
    /// Shows messages without counting a delivery.
    case uncountedPeeks
    /// Knows its receipts by their form.
    case receiptForms
    /// Keeps changes of a configuration that are made at the same time, of any attribute.
    case atomicChanges
    /// Moves messages out of a queue whose source is gone.
    case orphanMoves
    /// Deletes what has expired when it is told to.
    case sweeps
    /// Keeps an object's metadata under any name.
    case metadataNames

    /// Answers thousands of calls in seconds: none has to cross a socket.
    case speed

    // What moto does not do as AWS does.

    /// Keeps callers apart who come at the same time.
    case isolation
    /// Refuses items, keys and pages that DynamoDB refuses.
    case validation
    /// Lets the last receipt of a message count alone.
    case fencing
    /// Tells which queue a dead letter came from, and moves it when its last lease has ended.
    case deadLetterSources
    /// Gives no message to a receiver who has hung up.
    case hangUps
    /// Finds objects whose keys have several lines.
    case linesInKeys
    /// Lets messages go to the millisecond when they grow too old.
    case retention

    /// Moves messages.
    case moves
    /// Keeps the order of groups, drops repeats, and repeats receives.
    case fifo
    /// Lets no group keep others waiting.
    case fairness
    /// Refuses to prolong a lease that has ended, and bounds one from its own delivery on.
    case leaseEnds
    /// Gives back every attribute that a queue was told.
    case policies
}

extension Backend {
    private static let withoutWords: Set<Ability> = [
        .reasons, .staleDeletions, .uncountedPeeks, .receiptForms, .atomicChanges, .orphanMoves, .sweeps,
        .metadataNames, .transactionResults, .speed,
    ]

    var lacks: Set<Ability> {
        switch self {
        case .embedded: []
        case .served: Self.withoutWords
        case .moto:
            Self.withoutWords.union([
                .ages, .isolation, .validation, .fencing, .deadLetterSources, .hangUps, .linesInKeys, .retention,
                .moves, .fifo,
                .fairness,
                .leaseEnds, .policies,
            ])
        }
    }

    func can(_ ability: Ability) -> Bool { !lacks.contains(ability) }

    /// Whether a deletion is what it should be where its receipt was stale.
    func isStale(_ deletion: Deletion) -> Bool { deletion == .stale || !can(.staleDeletions) }

    /// The figures that it knows of these.
    func known(_ figures: QueueStatistics) -> QueueStatistics {
        var figures = figures
        if !can(.ages) { figures.ageOfOldest = nil }
        return figures
    }
}
