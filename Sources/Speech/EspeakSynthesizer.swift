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
        if library == nil { library = try EspeakLibrary() }
        return try spoken(script, request)
    }

    private func spoken(_ script: SpeechScript, _ request: SpeechRequest) throws(SpeechError) -> SpokenText {
        guard library != nil else { throw .unavailable(reason: "espeak-ng is not open") }
        try library?.select(request.voice, EspeakSpeed(rate: request.rate, language: request.voice.spokenLanguage))
        library?.forgetEarlierSpeech(in: request.voice.spokenLanguage)
        let words = script.words.map { word in
            let pause: [Phoneme] = word.endsClause ? [.pause] : []
            let phonemes = library?.phonemes(of: word.spoken) ?? []
            return WordTimeline.Word(rendered: word.rendered, phonemes: phonemes + pause)
        }
        guard let recording = try library?.speak(script), let rate = library?.sampleRateInHz else {
            throw .unavailable(reason: "espeak-ng is not open")
        }
        let waveform = Waveform(samples: recording.samples, sampleRateInHz: rate)
        let duration = waveform.durationInMilliseconds
        let times = WordTimeline(words: words, events: recording.events).timesInMilliseconds(duration: duration)
        return SpokenText(waveform: waveform, marks: script.marks(at: times, duration: duration, source: request.text))
    }
}
