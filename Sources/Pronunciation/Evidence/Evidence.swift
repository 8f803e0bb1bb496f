internal import Acoustics

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What the sound says about a reading of a sentence, in figures from which scores are made.
package struct Evidence: Sendable {
    package let wordCount: Int
    /// The sounds of all words in order; at least one a word.
    package let phones: [PhoneEvidence]
    /// What the frame network says about each of them.
    package private(set) var recognitions: [PhoneRecognition]
    package let warp: Double
    /// By how much the first warp is likelier than none.
    package let lowestWarpGain: Double
    /// By how much the chosen warp is likelier than none.
    package let warpGain: Double
    /// The lengths, in frames, of the pauses between the first sound and the last.
    package let pausesInFrames: [Int]
    /// The pitch in Hz of each frame from the first sound to the last.
    package let pitchesInHz: [Double?]

    init(_ analysis: UtteranceAnalysis, pitch: PitchTrack, posteriors: FramePosteriors, model: AcousticModel) {
        let segments = analysis.segments
        let frames = FrameEvidence(analysis, model: model)
        let spoken = segments.indices.filter { segments[$0].phone != nil }
        let level = Self.speechLevel(segments, analysis)
        wordCount = analysis.words.count
        warp = analysis.warp
        (lowestWarpGain, warpGain) = (analysis.lowestWarpGain, analysis.warpGain)
        phones = spoken.map { index in
            let pauses = (
                before: Self.pause(at: index - 1, in: segments), after: Self.pause(at: index + 1, in: segments)
            )
            return frames.evidence(of: segments[index], pauses: pauses, pitch: pitch, speechLevelInDB: level)
        }
        recognitions = phones.map { PhoneRecognition(of: $0.phone, in: $0.frames, posteriors) }
        let span = (spoken.first ?? 0)...(spoken.last ?? 0)
        pausesInFrames = segments[span].filter { $0.phone == nil }.map(\.frames.count)
        let from = segments[span.lowerBound].frames.lowerBound
        let to = segments[span.upperBound].frames.upperBound
        pitchesInHz = (from..<to).map { pitch.pitch(atFrame: $0) }
    }

    /// The same reading as another frame network hears it.
    package func heard(as posteriors: FramePosteriors) -> Evidence {
        var evidence = self
        evidence.recognitions = phones.map { PhoneRecognition(of: $0.phone, in: $0.frames, posteriors) }
        return evidence
    }

    private static func pause(at index: Int, in segments: [PhoneSegment]) -> Int {
        segments.indices.contains(index) && segments[index].phone == nil ? segments[index].frames.count : 0
    }

    private static func speechLevel(_ segments: [PhoneSegment], _ analysis: UtteranceAnalysis) -> Double {
        let frames = segments.filter { $0.phone != nil }.flatMap(\.frames)
        return frames.reduce(0) { $0 + Double(analysis.levelsInDB[$1]) } / Double(max(1, frames.count))
    }
}

extension PitchTrack {
    /// The pitch in a frame of the acoustic model's features, whose middle is 12.8 ms behind its start.
    func pitch(atFrame frame: Int) -> Double? {
        let index = Int(((Double(frame) * 0.01 + 0.0128) / hopInSeconds).rounded())
        return pitchesInHz.indices.contains(index) ? pitchesInHz[index] : nil
    }
}
