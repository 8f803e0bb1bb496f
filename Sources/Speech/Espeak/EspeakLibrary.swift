internal import CEspeakNG

/// libespeak-ng, opened.
///
/// It has one state for the whole process and no locks, so there may be only one of these and only one thread may use it:
/// ``EspeakSynthesizer`` sees to both.
struct EspeakLibrary: ~Copyable {
    private let sampleRateInHz: Int
    private let voices: EspeakVoices
    private let recording: EspeakRecording
    private var current: Voice?
    /// The phonemes of words that the current voice has met; sentences share most of theirs.
    private var knownWords: [String: [Phoneme]] = [:]

    private static let mostKnownWords = 4_096
    /// Length of the blocks in which audio arrives; it makes no difference to the sound.
    private static let blockInMilliseconds: Int32 = 200

    init() throws(SpeechError) {
        let options = espeakINITIALIZE_PHONEME_EVENTS | espeakINITIALIZE_DONT_EXIT
        let rate = espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, Self.blockInMilliseconds, nil, options)
        guard rate > 0 else { throw .unavailable(reason: "espeak-ng found no data; install espeak-ng-data") }
        sampleRateInHz = Int(rate)
        voices = EspeakVoices()
        recording = EspeakRecording(limitInSamples: SpeechLimits.durationInMilliseconds * Int(rate) / 1_000)
        espeak_SetSynthCallback(EspeakRecording.callback)
    }

    deinit { espeak_Terminate() }

    /// Speaks a script as a request wants it.
    mutating func perform(_ script: SpeechScript, for request: SpeechRequest) throws(SpeechError) -> EspeakPerformance {
        try select(request.voice)
        let language = request.voice.spokenLanguage
        set(EspeakSpeed(rate: request.rate, language: language), pitch: request.voice.espeakPitch)
        let words = script.words.map { word in
            let phonemes = phonemes(of: word.spoken)
            return WordTimeline.Word(
                rendered: word.rendered, phonemes: word.endsClause ? phonemes + [.pause] : phonemes)
        }
        forgetEarlierSpeech(phonemesToCome: words.reduce(0) { $0 + $1.phonemes.count }, in: language)
        try record(script)
        return EspeakPerformance(
            samples: recording.samples, sampleRateInHz: sampleRateInHz, events: recording.events, words: words
        )
    }

    /// Loading a voice takes as long as speaking 100 ms of audio, so the last one is kept.
    private mutating func select(_ voice: Voice) throws(SpeechError) {
        guard current != voice else { return }
        current = nil
        knownWords = [:]
        let name = try voices.name(for: voice)
        guard espeak_SetVoiceByName(name) == EE_OK else {
            throw .unavailable(reason: "espeak-ng cannot load its voice \(name)")
        }
        // espeak-ng reports success, and would be silent, when it cannot open a voice's files.
        guard !translation(of: "1").joined().isEmpty else {
            throw .unavailable(reason: "espeak-ng cannot read the files of its voice \(name)")
        }
        current = voice
    }

    private func set(_ speed: EspeakSpeed, pitch: Int32) {
        espeak_SetParameter(espeakPITCH, pitch, 0)
        espeak_SetParameter(espeakRATE, speed.wordsPerMinute, 0)
        espeak_SetParameter(espeakWORDGAP, speed.wordGap, 0)
    }

    /// Makes what is spoken next last as long as it would in a new process.
    ///
    /// espeak-ng 1.51 looks a few entries past the end of its list of phonemes when it computes their lengths, and finds
    /// there what earlier, longer clauses left: up to 80 ms more or less a sentence. Translating a clause that is longer
    /// than any to come fills the list with the same entries each time.
    private func forgetEarlierSpeech(phonemesToCome count: Int, in language: SpokenLanguage) {
        let filler = language == .ko ? "바나나 " : "banana "
        let words = min(Self.wordsInLongestClause, count / 4 + 8)
        _ = translation(of: String(repeating: filler, count: words))
    }

    /// Six phonemes each; espeak-ng cuts clauses at about 800 bytes, whatever their punctuation.
    private static let wordsInLongestClause = 110

    /// The phonemes of a text that stands alone.
    private mutating func phonemes(of text: String) -> [Phoneme] {
        if let known = knownWords[text] { return known }
        let phonemes = translation(of: text).flatMap(Phoneme.all)
        if knownWords.count == Self.mostKnownWords { knownWords = [:] }
        knownWords[text] = phonemes
        return phonemes
    }

    /// One word in the International Phonetic Alphabet with `_` between sounds.
    mutating func transcription(of word: String, in voice: Voice) throws(SpeechError) -> String {
        try select(voice)
        return translation(of: word, alphabet: Self.phoneticAlphabet).joined(separator: "_")
    }

    /// What `espeak_TextToPhonemes` takes for IPA instead of espeak-ng's own names.
    private static let phoneticAlphabet: Int32 = 0x02

    /// The phonemes of each clause of a text, as espeak-ng writes them, with `_` between them.
    private func translation(of text: String, alphabet: Int32 = 0) -> [String] {
        let mode = alphabet | Int32(UInt8(ascii: "_")) << 8
        return text.withCString { start in
            var clauses: [String] = []
            var next: UnsafeRawPointer? = UnsafeRawPointer(start)
            while next != nil, let clause = espeak_TextToPhonemes(&next, espeakCHARS_UTF8, mode) {
                clauses.append(String(cString: clause))
            }
            return clauses
        }
    }

    private func record(_ script: SpeechScript) throws(SpeechError) {
        recording.clear()
        let flags = UInt32(espeakCHARS_UTF8) | (script.isMarkup ? UInt32(espeakSSML) : 0)
        let data = Unmanaged.passUnretained(recording).toOpaque()
        let size = script.rendered.utf8.count + 1
        let status = espeak_Synth(script.rendered, size, 0, POS_CHARACTER, 0, flags, nil, data)
        guard !recording.isTooLong else {
            throw .speechTooLong(limitInMilliseconds: SpeechLimits.durationInMilliseconds)
        }
        guard status == EE_OK else { throw .unavailable(reason: "espeak-ng failed with status \(status.rawValue)") }
    }
}
