import Acoustics

/// What a plot shows of a recording's sound, measured once for all lines.
struct PlotMeasures {
    let waveform: Waveform
    let peak: Float
    let spectrogram: Spectrogram
    let loudestInDB: Double
    let highestInHz: Double
    let pitch: PitchTrack
    let pitchScale: PitchScale?

    init(_ waveform: Waveform) throws(AudioError) {
        self.waveform = waveform
        peak = waveform.samples.reduce(0) { max($0, abs($1)) }
        highestInHz = min(8_000, Double(waveform.sampleRateInHz) / 2)
        let lineInSeconds = min(PlotLayout.longestLineInSeconds, waveform.durationInSeconds)
        let hopInSeconds = min(0.005, max(0.001, lineInSeconds / Double(SpectrogramPicture.mostColumns)))
        spectrogram = try Spectrogram(of: waveform, hopInSeconds: hopInSeconds, highestInHz: highestInHz)
        loudestInDB = SpectrogramPicture.loudestInDB(spectrogram)
        pitch = try PitchTrack.track(in: waveform)
        pitchScale = PitchScale(pitch)
    }
}
