import ArgumentParser
import JSON
import SpeakModel

struct Schema: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print the JSON Schema of a kind of job.")

    @Argument(help: "The kind of job, such as sentence.synthesize.")
    var kind: JobKind

    func run() { print(kind.schema.prettyText) }
}

extension JobKind: ExpressibleByArgument {}
