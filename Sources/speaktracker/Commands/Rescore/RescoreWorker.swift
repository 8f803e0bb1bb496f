import ArgumentParser
import Foundation
import Workers

/// One of the processes that ``RescoreRun`` starts: reads requests from standard input and answers each with its
/// result's line.
struct RescoreWorker: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "rescore-worker", shouldDisplay: false)

    @OptionGroup var scorer: ScorerOptions

    func run() async throws {
        // A terminal's Ctrl-C and a shutdown reach every process; this one ends when its parent closes the pipe.
        for number in [SIGINT, SIGTERM] { _ = signal(number, SIG_IGN) }
        let scorer = ArchiveScorer(assessor: try scorer.assessor())
        var requests = ScoringRequests()
        while let request = requests.next() {
            let scored = await scorer.score(request.entry, audio: request.bytesOfAudio, replacing: request.row)
            var answer = scored.line + "\n"
            if request.row != nil { answer += ScoringRequest.line(of: scored.row) + "\n" }
            try FileHandle.standardOutput.write(contentsOf: Data(answer.utf8))
        }
    }
}
