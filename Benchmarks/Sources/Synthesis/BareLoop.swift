import CEspeakNG

/// A bare loop that throws its samples away.
enum BareLoop {
    /// - Returns: Seconds of audio a processor second, initialisation apart.
    static func rate(_ sentences: [String], voice: BareEspeak.Voice) throws -> Double {
        let espeak = try BareEspeak(voice)
        espeak_SetSynthCallback { _, count, events in
            events?.pointee.user_data?.assumingMemoryBound(to: Int.self).pointee += Int(count)
            return 0
        }
        var samples = 0
        let start = processorSeconds()
        for sentence in sentences { try espeak.speak(sentence, &samples) }
        return Double(samples) / Double(espeak.sampleRateInHz) / (processorSeconds() - start)
    }
}
