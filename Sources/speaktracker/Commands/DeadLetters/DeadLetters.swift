import ArgumentParser
import Queueing
import SpeakModel

struct DeadLetters: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dlq",
        abstract: "Look at messages that failed too often, send them back, or drop them.",
        subcommands: [ListDeadLetters.self, RedriveDeadLetters.self, PurgeDeadLetters.self],
        defaultSubcommand: ListDeadLetters.self)
}

/// Which of the dead-letter queues.
struct DeadLetterQueues: ParsableArguments {
    @Option(help: .init("A job queue whose dead letters are meant; those of all if left out.", valueName: "name"))
    var queue: String?

    func validate() throws {
        let known = JobQueue.allCases.map(\.name)
        guard let queue, !known.contains(queue) else { return }
        throw ValidationError("There is no job queue named \(queue); there are \(known.joined(separator: ", ")).")
    }

    var names: [String] { JobQueue.allCases.filter { queue == nil || queue == $0.name }.map(\.deadLetterName) }
}

/// Which of the dead letters.
struct DeadLetterChoice: ParsableArguments {
    @OptionGroup var queues: DeadLetterQueues

    @Option(help: .init("Only the letter of this job or message; may be repeated.", valueName: "id"))
    var id: [String] = []

    @Option(help: .init("Only letters of this kind, such as pronunciation.score.", valueName: "kind"))
    var kind: JobKind?

    @Option(help: .init("Only letters whose reason has this in it, in whatever case.", valueName: "text"))
    var reasonContains: String?

    /// Whether every letter is meant.
    var isEverything: Bool { id.isEmpty && kind == nil && reasonContains == nil }

    /// The letters that are meant, the oldest first of each queue.
    func letters(in stores: Stores, limit: Int = .max) async throws -> [(queue: String, letters: [DeadLetter])] {
        if stores.looksCount { StandardError.write("Looking at dead letters counts as a delivery of each there.") }
        var found: [(queue: String, letters: [DeadLetter])] = []
        for name in queues.names {
            // A limit on what is shown, not on what is looked through.
            let seen = try await stores.queues.queue(named: name).peek(maximum: isEverything ? limit : .max)
            found.append((name, Array(seen.map(DeadLetter.init).filter(isMeant).prefix(limit))))
        }
        return found
    }

    private func isMeant(_ letter: DeadLetter) -> Bool {
        (id.isEmpty || id.contains(letter.message.id.description) || id.contains { $0 == letter.jobID })
            && (kind == nil || letter.kind == kind?.rawValue)
            && (reasonContains.map { letter.message.lastFailure?.lowercased().contains($0.lowercased()) ?? false }
                ?? true)
    }
}
