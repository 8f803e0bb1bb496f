internal import Acoustics

/// espeak-ng as a speech synthesizer.
///
/// espeak-ng keeps one state for the whole process and crashes when two threads use it, so there is one of these,
/// ``shared``. To speak on several cores, run several processes.
package actor EspeakSynthesizer: SpeechSynthesizer {
    package static let shared = EspeakSynthesizer()

    private let thread = EspeakThread()
    private var library: EspeakLibrary?

    private init() {}

    package nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    /// Speaks the whole request in memory.
    ///
    /// Equal requests give equal durations and marks, whatever was spoken before.
    ///
    /// - Complexity: About one CPU second for 1,500 seconds of speech.
    package func speak(_ request: SpeechRequest) throws -> SpokenText {
        try Task.checkCancellation()
        let script = try SpeechScript(request)
        let performance = try perform(script, for: request)
        let sound = PCMWaveform(samples: performance.samples, sampleRateInHz: performance.sampleRateInHz)
        let duration = sound.durationInMilliseconds
        let timeline = WordTimeline(words: performance.words, events: performance.events)
        let times = timeline.timesInMilliseconds(duration: duration)
        return SpokenText(sound: sound, marks: script.marks(at: times, duration: duration, source: request.text))
    }

    /// How an English word is read, in the International Phonetic Alphabet with `_` between sounds: `h_ə_l_ˈoʊ`.
    ///
    /// - Parameter word: At most 64 letters a–z and apostrophes; espeak-ng is never given anything else here.
    /// - Returns: Empty for a word of other characters.
    package func transcribe(_ word: String) throws -> String {
        let isPlain = word.utf8.allSatisfy {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == UInt8(ascii: "'")
        }
        guard isPlain, 1...64 ~= word.utf8.count else { return "" }
        try open()
        return try library?.transcription(of: word, in: .default(for: .en)) ?? ""
    }

    func perform(_ script: SpeechScript, for request: SpeechRequest) throws(SpeechError) -> EspeakPerformance {
        try open()
        guard let performance = try library?.perform(script, for: request) else {
            throw .unavailable(reason: "espeak-ng is not open")
        }
        return performance
    }

    /// Opens espeak-ng when it is first needed, and again after it could not be opened.
    private func open() throws(SpeechError) {
        if library == nil { library = try EspeakLibrary() }
    }
}
