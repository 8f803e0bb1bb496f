import CEspeakNG

/// libespeak-ng as a program would call it that wants nothing but samples.
struct BareEspeak {
    enum Voice: String {
        /// espeak-ng's own American English.
        case plain = "en-us"
        /// What our default voice is made of; it takes a fifth less work.
        case ours = "en-us+shelby"

        var pitch: Int32 { self == .plain ? 50 : 62 }
    }

    let sampleRateInHz: Int

    init(_ voice: Voice) throws {
        sampleRateInHz = Int(espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, nil, 0))
        guard sampleRateInHz > 0, espeak_SetVoiceByName(voice.rawValue) == EE_OK else {
            throw BenchmarkError("espeak-ng could not be started")
        }
        espeak_SetParameter(espeakPITCH, voice.pitch, 0)
    }

    /// Speaks a sentence; samples go to the callback that was set, with `data` as the user data of their events.
    func speak(_ sentence: String, _ data: UnsafeMutableRawPointer) throws {
        let size = sentence.utf8.count + 1
        guard
            espeak_Synth(sentence, size, 0, POS_CHARACTER, 0, UInt32(espeakCHARS_UTF8), nil, data) == EE_OK
        else { throw BenchmarkError("espeak-ng refused a sentence") }
    }
}
