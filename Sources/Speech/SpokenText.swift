package import Acoustics

/// A request, spoken.
package struct SpokenText: Sendable {
    package let sound: PCMWaveform
    /// In order of time; a sentence comes before its first word.
    package let marks: [SpeechMark]

    package init(sound: PCMWaveform, marks: [SpeechMark]) {
        self.sound = sound
        self.marks = marks
    }

    package var durationInMilliseconds: Int { sound.durationInMilliseconds }

    /// For measuring.
    package var waveform: Waveform { sound.waveform }

    /// The marks as Polly sends them: one JSON object a line.
    package var marksText: String { marks.map { $0.line + "\n" }.joined() }

    /// The audio as the bytes of a file.
    package func encoded(as format: AudioFormat) throws(AudioError) -> [UInt8] {
        try AudioEncoder.encode(sound, as: format)
    }
}
