#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension PitchTrack {
    /// Tracks one voice: YIN's difference function, and the cheapest path through its minima.
    ///
    /// Source: de Cheveigné & Kawahara (2002), "YIN, a fundamental frequency estimator for speech and music", JASA 111(4),
    /// doi:10.1121/1.1458024, for the minima; Boersma (1993), IFA Proc. 17, for the path.
    ///
    /// - Parameter waveform: Mono samples at 8–96 kHz; louder or softer makes no difference.
    /// - Returns: A value every hop from 0 to the recording's end. A pitch near the range's bounds may be its octave.
    /// - Throws: What ``Waveform/validate(limits:)`` throws.
    /// - Complexity: O(frames · window · longest period): about 1 ms for a second of sound.
    package static func track(
        in waveform: Waveform, search: PitchSearch = PitchSearch()
    ) throws(AudioError) -> PitchTrack {
        try waveform.validate()
        let decimated = DecimatedSound(waveform)
        var frames = PitchFrames(decimated, search: search)
        let loudest = frames.levels.max() ?? 0
        let silence = loudest * Float(pow(10, search.silenceInDB / 20))
        var path = PitchPath(search: search)
        for frame in frames.levels.indices {
            let isSilent = frames.levels[frame] <= silence
            path.append(candidates: isSilent ? [] : frames.candidates(inFrame: frame), isSilent: isSilent)
        }
        return PitchTrack(pitchesInHz: path.cheapest, hopInSeconds: search.hopInSeconds)
    }
}
