/// The pitch of a voice over time: one value a hop, frame `i` centred at `i · hopInSeconds`.
package struct PitchTrack: Hashable, Sendable {
    /// `nil` where nothing repeats: in silence, noise and voiceless sounds.
    package let pitchesInHz: [Double?]
    package let hopInSeconds: Double

    package init(pitchesInHz: [Double?], hopInSeconds: Double) {
        self.pitchesInHz = pitchesInHz
        self.hopInSeconds = hopInSeconds
    }

    package func seconds(ofFrame frame: Int) -> Double { Double(frame) * hopInSeconds }

    /// Unbroken stretches of voiced frames.
    package var voicedRuns: [Range<Int>] {
        var runs: [Range<Int>] = []
        for (frame, pitch) in pitchesInHz.enumerated() where pitch != nil {
            if let last = runs.last, last.upperBound == frame {
                runs[runs.count - 1] = last.lowerBound..<frame + 1
            } else {
                runs.append(frame..<frame + 1)
            }
        }
        return runs
    }
}
