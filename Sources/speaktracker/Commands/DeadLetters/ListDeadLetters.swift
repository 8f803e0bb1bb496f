import ArgumentParser
import JSON

struct ListDeadLetters: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Show dead letters and why they are dead.")

    @Option(help: "At most this many of each queue.")
    var limit = 100

    @Flag(help: "Count them by reason, whatever numbers and names a reason has in it.")
    var group = false

    @Flag(help: "Print JSON, one object a line.")
    var json = false

    @OptionGroup var choice: DeadLetterChoice
    @OptionGroup var store: StoreOptions

    func validate() throws {
        if limit < 1 { throw ValidationError("--limit is a number from 1.") }
    }

    func run() async throws {
        let stores = try await store.open()
        let letters = try await choice.letters(in: stores, limit: group ? .max : limit).flatMap(\.letters)
        if group {
            show(DeadLetterGroup.groups(of: letters))
        } else {
            show(letters)
        }
        try await stores.close()
    }

    private func show(_ letters: [DeadLetter]) {
        if json { return letters.forEach { print($0.json.text) } }
        var table = TextTable(columns: ["QUEUE", "JOB", "KIND", "TRIED", "REASON"])
        for letter in letters { table.add(letter.cells) }
        print(table.isEmpty ? "No dead letters." : table.text)
    }

    private func show(_ groups: [DeadLetterGroup]) {
        if json { return groups.forEach { print($0.json.text) } }
        var table = TextTable(columns: ["COUNT", "KIND", "OLDEST", "LATEST", "REASON"])
        for group in groups { table.add(group.cells) }
        print(table.isEmpty ? "No dead letters." : table.text)
    }
}
