internal import CEspeakNG

/// libespeak-ng, opened.
///
/// It has one state for the whole process and no locks, so there may be only one of these and only one thread may use
/// it: ``EspeakSynthesizer`` sees to both.
struct EspeakLibrary: ~Copyable {
    let sampleRateInHz: Int
    /// Identifiers of what is installed, for example `gmw/en-US`, by language (`en-us`).
    private let identifiers: [String: String]
    /// Identifiers of the installed variants, for example `!v/shelby`.
    private let variants: Set<String>
    private var current: Voice?

    init() throws(SpeechError) {
        let options = espeakINITIALIZE_PHONEME_EVENTS | espeakINITIALIZE_DONT_EXIT
        let rate = espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 200, nil, options)
        guard rate > 0 else {
            throw .unavailable(reason: "espeak-ng found no data; install the package espeak-ng-data")
        }
        sampleRateInHz = Int(rate)
        espeak_SetSynthCallback(EspeakRecording.callback)
        identifiers = Self.installedLanguages()
        variants = Self.installedVariants()
    }

    deinit { espeak_Terminate() }

    /// Chooses who speaks next and how fast.
    ///
    /// Loading a voice takes as long as speaking 100 ms of audio, so the last one is kept.
    mutating func select(_ voice: Voice, _ speed: EspeakSpeed) throws(SpeechError) {
        if current != voice {
            current = nil
            try load(voice)
            current = voice
        }
        espeak_SetParameter(espeakPITCH, voice.espeakPitch, 0)
        espeak_SetParameter(espeakRATE, speed.wordsPerMinute, 0)
        espeak_SetParameter(espeakWORDGAP, speed.wordGap, 0)
    }

    private func load(_ voice: Voice) throws(SpeechError) {
        guard let identifier = identifiers[voice.espeakLanguage] else {
            throw .unavailable(reason: "espeak-ng has no voice for \(voice.espeakLanguage)")
        }
        let variant = variants.contains("!v/" + voice.espeakVariant) ? "+" + voice.espeakVariant : ""
        guard espeak_SetVoiceByName(identifier + variant) == EE_OK else {
            throw .unavailable(reason: "espeak-ng cannot load its voice \(identifier)\(variant)")
        }
    }

    /// The phonemes of a text that stands alone.
    func phonemes(of text: String) -> [Phoneme] {
        var phonemes: [Phoneme] = []
        text.withCString { start in
            var next: UnsafeRawPointer? = UnsafeRawPointer(start)
            while next != nil,
                let clause = espeak_TextToPhonemes(&next, espeakCHARS_UTF8, Int32(UInt8(ascii: "_")) << 8)
            {
                phonemes.append(contentsOf: Phoneme.all(in: String(cString: clause)))
            }
        }
        return phonemes
    }

    /// Speaks with the voice that was selected.
    func speak(_ script: SpeechScript) throws(SpeechError) -> EspeakRecording {
        let limit = SpeechLimits.durationInMilliseconds
        let recording = EspeakRecording(limitInSamples: limit * sampleRateInHz / 1_000)
        let flags = UInt32(espeakCHARS_UTF8) | (script.isMarkup ? UInt32(espeakSSML) : 0)
        let status = withExtendedLifetime(recording) {
            let data = Unmanaged.passUnretained(recording).toOpaque()
            return espeak_Synth(script.rendered, script.rendered.utf8.count + 1, 0, POS_CHARACTER, 0, flags, nil, data)
        }
        guard !recording.isTooLong else { throw .speechTooLong(limitInMilliseconds: limit) }
        guard status == EE_OK else { throw .unavailable(reason: "espeak-ng failed with status \(status.rawValue)") }
        return recording
    }
}

extension EspeakLibrary {
    /// Makes what is spoken next last as long as it would in a new process.
    ///
    /// espeak-ng 1.51 looks a few entries past the end of its list of phonemes when it computes their lengths, and finds
    /// there what earlier, longer clauses left: up to 80 ms more or less a sentence. Translating one long clause fills the
    /// list with the same entries each time.
    func forgetEarlierSpeech(in language: SpokenLanguage) {
        _ = phonemes(of: language == .ko ? Self.koreanFiller : Self.englishFiller)
    }

    private static let englishFiller = String(repeating: "banana ", count: 40)
    private static let koreanFiller = String(repeating: "바나나 ", count: 40)

    /// The best voice of each language, by espeak-ng's own priority; MBROLA's need data that Debian does not install.
    private static func installedLanguages() -> [String: String] {
        var best: [String: (identifier: String, priority: UInt8)] = [:]
        forEachVoice(matching: nil) { identifier, languages in
            guard !identifier.hasPrefix("mb/") else { return }
            for (language, priority) in languages where priority < best[language]?.priority ?? .max {
                best[language] = (identifier, priority)
            }
        }
        return best.mapValues(\.identifier)
    }

    private static func installedVariants() -> Set<String> {
        var found: Set<String> = []
        forEachVoice(matching: "variant") { identifier, _ in found.insert(identifier) }
        return found
    }

    private static func forEachVoice(
        matching language: String?, _ body: (String, [(language: String, priority: UInt8)]) -> Void
    ) {
        var voices: UnsafeMutablePointer<UnsafePointer<espeak_VOICE>?>?
        if let language {
            language.withCString { name in
                var wanted = espeak_VOICE()
                wanted.languages = name
                voices = espeak_ListVoices(&wanted)
            }
        } else {
            voices = espeak_ListVoices(nil)
        }
        while let voice = voices?.pointee?.pointee {
            if let identifier = voice.identifier { body(String(cString: identifier), languages(of: voice)) }
            voices = voices?.advanced(by: 1)
        }
    }

    /// A voice lists its languages as a byte of priority and a name each, ended by a zero where the priority would be.
    private static func languages(of voice: espeak_VOICE) -> [(language: String, priority: UInt8)] {
        var result: [(language: String, priority: UInt8)] = []
        guard var next = voice.languages else { return [] }
        while next.pointee != 0 {
            let language = String(cString: next + 1)
            result.append((language, UInt8(bitPattern: next.pointee)))
            next += 1 + language.utf8.count + 1
        }
        return result
    }
}
