import Acoustics
import Foundation
import Testing

@Suite("Pitch")
struct PitchTests {
    private func track(_ samples: [Float], rate: Int = 16_000) throws -> PitchTrack {
        try PitchTrack.track(in: Waveform(samples: samples, sampleRateInHz: rate))
    }

    /// Frames whose window lies wholly within a sound of some length.
    private func inner(_ track: PitchTrack) -> ArraySlice<Double?> { track.pitchesInHz.dropFirst(4).dropLast(4) }

    /// A voice's sound source: sines at all multiples of a pitch, the n-th with its own amplitude.
    private func harmonics(of pitchInHz: Double, amplitudes: [Double], seconds: Double = 0.5) -> [Float] {
        amplitudes.enumerated().reduce(Signals.silence(seconds: seconds, rate: 16_000)) { sound, harmonic in
            let frequency = pitchInHz * Double(harmonic.offset + 1)
            return Signals.sum(
                sound, Signals.sine(frequency, seconds: seconds, rate: 16_000, amplitude: harmonic.element))
        }
    }

    @Test(
        "a tone has its own pitch, at every rate and loudness",
        arguments: [62.0, 100, 147.3, 220, 333, 440, 490], [8_000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000])
    func tone(_ frequencyInHz: Double, _ rate: Int) throws {
        for amplitude in [0.9, 0.001] {
            let track = try track(
                Signals.sine(frequencyInHz, seconds: 0.4, rate: rate, amplitude: amplitude), rate: rate)
            #expect(track.pitchesInHz.count == 41)
            for pitch in inner(track) {
                let pitch = try #require(pitch)
                #expect(abs(pitch / frequencyInHz - 1) < 0.006, "\(pitch) for \(frequencyInHz) at \(rate)")
            }
        }
    }

    @Test("a tone that sweeps is followed, in both directions")
    func sweep() throws {
        let rate = 16_000.0
        // One octave a second from 110 Hz: the phase is the integral of the frequency.
        let up = (0..<Int(2 * rate)).map { index in
            Float(0.5 * sin(2 * .pi * 110 * (exp2(Double(index) / rate) - 1) / log(2)))
        }
        let tracks = (up: try track(up), down: try track(up.reversed()))
        for frame in 5..<195 {
            let expected = 110 * exp2(tracks.up.seconds(ofFrame: frame))
            let found = try #require(tracks.up.pitchesInHz[frame])
            let back = try #require(tracks.down.pitchesInHz[200 - frame])
            #expect(abs(found / expected - 1) < 0.02 && abs(back / expected - 1) < 0.02)
        }
    }

    @Test(
        "harmonics that outweigh the pitch do not take its place",
        arguments: [
            [0.05, 0.5, 0.05, 0.2], [0, 0.4, 0.4, 0.4], [0.1, 0.1, 0.6, 0.1], [0.5, 0.02, 0.4], [0, 0, 0.3, 0.3, 0.3],
        ])
    func octaveTraps(_ amplitudes: [Double]) throws {
        for pitchInHz in [95.0, 180, 310] {
            let track = try track(harmonics(of: pitchInHz, amplitudes: amplitudes))
            for pitch in inner(track) {
                #expect(try abs(#require(pitch) / pitchInHz - 1) < 0.02, "\(pitch ?? 0) for \(pitchInHz)")
            }
        }
    }

    @Test("pulses of slightly uneven strength keep their pitch, not its lower octave")
    func unevenPulses() throws {
        var samples = Signals.silence(seconds: 0.5, rate: 16_000)
        for (pulse, start) in stride(from: 0, to: samples.count - 20, by: 100).enumerated() {
            for index in 0..<20 { samples[start + index] = pulse % 2 == 0 ? 0.5 : 0.46 }
        }
        for pitch in inner(try track(samples)) { #expect(try abs(#require(pitch) - 160) < 2) }
    }

    @Test("a frame that would leap an octave for a moment does not")
    func dropout() throws {
        let steady = harmonics(of: 120, amplitudes: [0.4, 0.2, 0.1])
        let doubled = harmonics(of: 120, amplitudes: [0, 0.4])
        let samples = steady.indices.map { (4_000..<5_280).contains($0) ? doubled[$0] : steady[$0] }
        for pitch in inner(try track(samples)) { #expect(try abs(#require(pitch) / 120 - 1) < 0.05) }
    }

    @Test("silence, steady offset and noise have no pitch")
    func unvoiced() throws {
        let nothing = Signals.silence(seconds: 0.5, rate: 16_000)
        #expect(try track(nothing).pitchesInHz.allSatisfy { $0 == nil })
        #expect(try track(nothing.map { _ in 0.5 }).pitchesInHz.dropFirst(4).dropLast(4).allSatisfy { $0 == nil })
        let noise = try track(Signals.noise(rms: 0.1, count: 80_000))
        #expect(noise.pitchesInHz.count { $0 != nil } < 5, "of 501 frames")
        #expect(try track([0.1]).pitchesInHz == [nil])
    }

    @Test("voice is told from the noise and the silence around it")
    func voicing() throws {
        let voice = harmonics(of: 200, amplitudes: [0.2, 0.1, 0.05])
        let noise = Signals.noise(rms: 0.05, count: 8_000)
        let track = try track(noise + voice + Signals.silence(seconds: 0.5, rate: 16_000))
        #expect(track.voicedRuns.count == 1)
        let run = try #require(track.voicedRuns.first)
        #expect(abs(track.seconds(ofFrame: run.lowerBound) - 0.5) < 0.025)
        #expect(abs(track.seconds(ofFrame: run.upperBound) - 1) < 0.025)
    }

    @Test("a pitch beyond the range is not reported as it is")
    func outOfRange() throws {
        let tone = Signals.sine(700, seconds: 0.5, rate: 16_000)
        #expect(inner(try track(tone)).allSatisfy { $0 == nil || (60...500).contains($0 ?? 0) })
        let narrow = try PitchTrack.track(
            in: Waveform(samples: tone, sampleRateInHz: 16_000), search: PitchSearch(rangeInHz: 600...800))
        for pitch in inner(narrow) { #expect(try abs(#require(pitch) / 700 - 1) < 0.02) }
    }

    @Test("what is not a number is refused, and so is nothing")
    func refused() {
        #expect(throws: AudioError.notFinite(index: 2)) { try track([0, 0, .nan, 0]) }
        #expect(throws: AudioError.noSamples) { try track([]) }
        #expect(throws: AudioError.notFinite(index: 1)) {
            try Spectrogram(of: Waveform(samples: [0, .infinity], sampleRateInHz: 16_000))
        }
    }
}
