import ArgumentParser

struct SpeakTracker: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "speaktracker",
        abstract:
            "The asynchronous side of a language school's app: speaks sentences, measures recordings, keeps the day's statistics.",
        discussion: "Exit status: 0 done, 1 failed, 2 bad usage, 69 a needed service is not there.",
        version: version,
        subcommands: [
            Serve.self, Provision.self, Enqueue.self, Work.self, Jobs.self, Queues.self, DeadLetters.self,
            Schedules.self, Show.self, Export.self, Pause.self, Resume.self, Concurrency.self,
            Say.self, Score.self, Rescore.self, RescoreWorker.self, WorkProcess.self, Schema.self, Doctor.self,
        ])

    static let version = "0.1.0"
}
