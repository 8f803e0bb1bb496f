extension SpeechActivity {
    /// Finds speech in a recording by how far its frames stand out of the noise floor in several bands at once.
    ///
    /// Works on noise that is steady for seconds: hiss, hum, fans, DC. Steady tones and melodies of pure tones are not
    /// speech to it; a second voice, song and rich music are, for telling those apart takes a trained model.
    ///
    /// - Parameter waveform: Mono samples at 8–96 kHz; louder or softer makes no difference above −60 dBFS.
    /// - Returns: Segments with borders good to about 30 ms in silence; in noise, weak sounds at a border are lost.
    ///   None in a recording shorter than one frame of 25 ms.
    /// - Throws: What ``Waveform/validate(limits:)`` throws.
    /// - Complexity: O(samples · log frame length).
    package static func detect(in waveform: Waveform) throws(AudioError) -> SpeechActivity {
        try waveform.validate()
        let evidence = SpeechEvidence(BandEnergies(of: waveform))
        let runs = joined(activeRuns(evidence.valuesInDB), framing: evidence.framing)
        return SpeechActivity(
            segments: runs.map { segment($0, evidence.framing) },
            recordingInMilliseconds: waveform.durationInMilliseconds
        )
    }

    /// What begins speech, and what keeps it going.
    ///
    /// White noise stays below 1.4 dB in 200 s at 8–48 kHz.
    private static let onsetInDB: Float = 1.8
    private static let holdInDB: Float = 1.0

    /// Hysteresis: a run begins where evidence passes the onset, and reaches to both sides while it holds.
    private static func activeRuns(_ valuesInDB: [Float]) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var start: Int?
        var begun = false
        for frame in 0...valuesInDB.count {
            let value = frame < valuesInDB.count ? valuesInDB[frame] : 0
            if value >= holdInDB {
                start = start ?? frame
                begun = begun || value >= onsetInDB
            } else {
                if let first = start, begun { runs.append(first..<frame) }
                (start, begun) = (nil, false)
            }
        }
        return runs
    }

    /// A run with the frames in it that were active; the others are short gaps that were bridged.
    private struct Run {
        var frames: Range<Int>
        var active: Int
    }

    /// Bridges gaps that are too short for a pause, then drops what is too short for speech or mostly gaps,
    /// as clicks in a row are.
    private static func joined(_ runs: [Range<Int>], framing: Framing) -> [Range<Int>] {
        let framesPerSecond = Double(framing.sampleRateInHz) / Double(framing.hopInSamples)
        let gap = shortestPauseInSeconds * framesPerSecond
        let shortest = shortestSpeechInSeconds * framesPerSecond
        var bridged: [Run] = []
        for run in runs {
            if let last = bridged.last, Double(run.lowerBound - last.frames.upperBound) < gap {
                bridged[bridged.count - 1] = Run(
                    frames: last.frames.lowerBound..<run.upperBound, active: last.active + run.count)
            } else {
                bridged.append(Run(frames: run, active: run.count))
            }
        }
        return bridged.filter { Double($0.active) >= shortest && $0.active * 3 >= $0.frames.count }.map(\.frames)
    }

    /// The shortest words are longer; coughs, taps and clicks are shorter.
    private static let shortestSpeechInSeconds = 0.1

    /// From half a hop before the first frame's middle to half a hop after the last one's.
    private static func segment(_ frames: Range<Int>, _ framing: Framing) -> SpeechSegment {
        let halfHop = Double(framing.hopInSamples) / Double(framing.sampleRateInHz) / 2
        return SpeechSegment(
            startInSeconds: max(0, framing.seconds(ofFrame: frames.lowerBound) - halfHop),
            endInSeconds: framing.seconds(ofFrame: frames.upperBound - 1) + halfHop
        )
    }
}
