import ArgumentParser
import Foundation
import JSON
import SpeakModel
import Workers

struct Schedules: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show what workers enqueue by the clock, and when next.",
        discussion:
            "Told where jobs are, with --data or --endpoint or AWS's settings, it shows too which occurrence was seen to last."
    )

    @Option(help: .init("The workers' settings, with more schedules.", valueName: "file.json"))
    var settings: String?

    @Option(help: .init("How many times to show of each.", valueName: "number"))
    var next = 3

    @Flag(help: "Print JSON, one object a line.")
    var json = false

    @OptionGroup var store: StoreOptions
    @OptionGroup var calendar: CalendarOptions

    func validate() throws {
        guard (1...1000).contains(next) else { throw ValidationError("--next is a number from 1 to 1000.") }
    }

    func run() async throws {
        let zone = try calendar.zone()
        let schedules = try SettingsFile(settings).settings.allSchedules
        let stores = store.isGiven ? try await store.open() : nil
        let ledger = stores.map { ScheduleLedger(documents: $0.documents) }
        var table = TextTable(columns: ["SCHEDULE", "CRON", "KIND", "LAST", "NEXT"])
        for schedule in schedules {
            let times = times(of: schedule, in: zone)
            let last = try await ledger?.last(of: schedule)
            if json {
                print(Self.json(schedule, times, last).text)
            } else {
                table.add(
                    [
                        schedule.name, schedule.cron.description, schedule.kind.rawValue, last?.iso8601 ?? "–",
                        times.first ?? "–",
                    ])
                for time in times.dropFirst() { table.add(["", "", "", "", time]) }
            }
        }
        if !json { print(table.text) }
        try await stores?.close()
    }

    private func times(of schedule: Schedule, in zone: TimeZone) -> [String] {
        var moment = Timestamp.now()
        var names: [String] = []
        while names.count < next, let found = schedule.cron.next(after: moment, in: zone) {
            names.append(found.name)
            moment = found.moment
        }
        return names
    }

    private static func json(_ schedule: Schedule, _ times: [String], _ last: Timestamp?) -> JSONValue {
        [
            "name": .string(schedule.name), "cron": .string(schedule.cron.description),
            "kind": .string(schedule.kind.rawValue), "catch_up": .number(schedule.catchUp),
            "last": last.map { .string($0.iso8601) } ?? .null, "next": .array(times.map { .string($0) }),
        ]
    }
}
