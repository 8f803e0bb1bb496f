/// How a worker process is started: by this program, whatever has become of its file.
package struct WorkerCommand: Sendable {
    /// An absolute path.
    package var program: String
    /// What lists of processes show.
    package var name: String
    package var arguments: [String]
    package var environment: [String: String]
    /// What it finds on its standard input: the settings as text, the same for as long as it lives.
    package var settings: [UInt8]

    package init(
        program: String = "/proc/self/exe", name: String = "speaktracker", arguments: [String],
        environment: [String: String], settings: [UInt8] = []
    ) {
        self.program = program
        self.name = name
        self.arguments = arguments
        self.environment = environment
        self.settings = settings
    }
}
