import ArgumentParser
import Foundation
import JSON
import Queueing

struct Queues: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show how many messages wait, for how long, and how fast that changes.",
        discussion:
            "--watch looks again and again: in a terminal the table refreshes in its place until Ctrl-C, elsewhere the looks follow one another."
    )

    @Flag(help: "Look again and again, with how many messages more or fewer there are each second.")
    var watch = false

    @Option(help: .init("How long between two looks.", valueName: "seconds"))
    var interval = 2.0

    @Option(help: .init("With --watch, stop after so many looks.", valueName: "number"))
    var count: Int?

    @Flag(help: "Print JSON, one object a line.")
    var json = false

    @OptionGroup var store: StoreOptions

    func validate() throws {
        guard (0.1...3600).contains(interval) else { throw ValidationError("--interval is a number from 0.1 to 3600.") }
        if let count, count < 1 { throw ValidationError("--count is a number from 1.") }
    }

    func run() async throws {
        let stores = try await store.open()
        let screen = Screen(refreshes: watch && !json)
        var before: QueueLook?
        for number in 1...(watch ? count ?? .max : 1) {
            if number > 1 { try await Task.sleep(for: .seconds(interval)) }
            let look = try await QueueLook(at: stores.queues)
            if json {
                for line in look.json(since: before) { print(line.text) }
            } else {
                try screen.show(look.table(since: before, isWatching: watch))
            }
            before = look
        }
        try await stores.close()
    }
}

/// All queues at one moment.
private struct QueueLook {
    private let moment = ContinuousClock.now
    private let queues: [(name: String, figures: QueueStatistics)]

    init(at service: any QueueService) async throws {
        var queues: [(name: String, figures: QueueStatistics)] = []
        for name in try await service.queueNames(prefix: "") {
            // One that is deleted meanwhile has no figures.
            do { queues.append((name, try await service.queue(named: name).statistics())) } catch QueueError.noSuchQueue
            {}
        }
        self.queues = queues
    }

    /// How many messages more a second than at an earlier look; `nil` for a queue that was not there.
    private func rate(of name: String, _ figures: QueueStatistics, since before: QueueLook?) -> Double? {
        guard let before, let old = before.queues.first(where: { $0.name == name }) else { return nil }
        let seconds = (moment - before.moment) / .seconds(1)
        return seconds > 0 ? Double(figures.total - old.figures.total) / seconds : nil
    }

    func table(since before: QueueLook?, isWatching: Bool) -> String {
        var table = TextTable(
            columns: ["QUEUE", "WAITING", "IN FLIGHT", "DELAYED", "OLDEST"]
                + (isWatching ? ["CHANGE/S", "EMPTY IN"] : []))
        for (name, figures) in queues {
            let rate = rate(of: name, figures, since: before)
            table.add(
                [
                    name, "\(figures.visible)", "\(figures.inFlight)", "\(figures.delayed)",
                    figures.ageOfOldest.map(Self.text) ?? "–",
                ] + (isWatching ? [rate.map(Self.signed) ?? "–", Self.timeLeft(figures.total, rate) ?? "–"] : []))
        }
        return table.text
    }

    private static func signed(_ rate: Double) -> String {
        let rounded = (rate * 10).rounded() / 10
        return rounded == 0 ? "0" : (rounded > 0 ? "+" : "−") + "\(abs(rounded))"
    }

    private static func timeLeft(_ count: Int, _ rate: Double?) -> String? {
        guard let rate, rate < 0, count > 0 else { return nil }
        return text(.seconds(Double(count) / -rate))
    }

    /// As people say it: 42 s, 12 min, 5 h, 3 d.
    private static func text(_ duration: Duration) -> String {
        let seconds = Int(duration.components.seconds)
        return switch seconds {
        case ..<120: "\(seconds) s"
        case ..<7200: "\(seconds / 60) min"
        case ..<172_800: "\(seconds / 3600) h"
        default: "\(seconds / 86_400) d"
        }
    }

    func json(since before: QueueLook?) -> [JSONValue] {
        queues.map { name, figures in
            var members: [String: JSONValue] = [
                "queue": .string(name), "visible": .number(figures.visible), "in_flight": .number(figures.inFlight),
                "delayed": .number(figures.delayed),
                "age_of_oldest_seconds": figures.ageOfOldest.map { .number(Int($0.components.seconds)) } ?? .null,
            ]
            members["change_per_second"] = rate(of: name, figures, since: before).map { .number($0) }
            return .object(members)
        }
    }
}
