import Acoustics

/// What is measured, each in a process of its own.
enum SynthesisSubject: Hashable {
    /// libespeak-ng, its samples thrown away.
    case bare(BareEspeak.Voice)
    /// The same with our voice, each sentence encoded in memory.
    case encoded(AudioFormat)
    /// The same, and written to a plain file.
    case written(AudioFormat)
    /// Our handler: speaking, marks, encoding, storing audio and marks durably, planning the rows.
    case handler(AudioFormat)

    static var all: [SynthesisSubject] {
        [.bare(.plain), .bare(.ours)] + AudioFormat.allCases.flatMap { [.encoded($0), .written($0), .handler($0)] }
    }

    /// What the child process is told.
    var name: String {
        switch self {
        case .bare(let voice): "bare-\(voice.rawValue)"
        case .encoded(let format): "encoded-\(format.rawValue)"
        case .written(let format): "written-\(format.rawValue)"
        case .handler(let format): "handler-\(format.rawValue)"
        }
    }

    init?(name: String) {
        guard let subject = Self.all.first(where: { $0.name == name }) else { return nil }
        self = subject
    }
}
