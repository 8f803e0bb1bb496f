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

    /// Opens espeak-ng when it is first needed, and again after it could not be opened.
    func perform(_ script: SpeechScript, for request: SpeechRequest) throws(SpeechError) -> EspeakPerformance {
        if library == nil { library = try EspeakLibrary() }
        guard let performance = try library?.perform(script, for: request) else {
            throw .unavailable(reason: "espeak-ng is not open")
        }
        return performance
    }
}
