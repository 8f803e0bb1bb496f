import CEspeakNG

/// libespeak-ng as a program would call it that wants nothing but samples.
enum BareLoop {
    /// - Returns: Seconds of audio a processor second, initialisation apart.
    static func rate(_ sentences: [String]) throws -> Double {
        let sampleRate = espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, nil, 0)
        guard sampleRate > 0, espeak_SetVoiceByName("en-us") == EE_OK else {
            throw BenchmarkError("espeak-ng could not be started")
        }
        var samples = 0
        let start = try withUnsafeMutablePointer(to: &samples) { total in
            espeak_SetSynthCallback { _, count, events in
                events?.pointee.user_data?.assumingMemoryBound(to: Int.self).pointee += Int(count)
                return 0
            }
            let start = processorSeconds()
            for sentence in sentences {
                let flags = UInt32(espeakCHARS_UTF8)
                guard
                    espeak_Synth(sentence, sentence.utf8.count + 1, 0, POS_CHARACTER, 0, flags, nil, total) == EE_OK
                else { throw BenchmarkError("espeak-ng refused a sentence") }
            }
            return start
        }
        return Double(samples) / Double(sampleRate) / (processorSeconds() - start)
    }
}
