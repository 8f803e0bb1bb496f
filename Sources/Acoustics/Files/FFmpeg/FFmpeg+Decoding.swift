import Foundation
import Processes

extension FFmpeg {
    /// Turns a recording into a WAV file: mono, 16 bits, at the recording's own rate.
    ///
    /// A WAV file, since it says its rate, and what comes back is then judged as every upload is. Mono and 16 bits, since
    /// that bounds memory whatever the recording claims, and leaves nothing beyond full scale.
    ///
    /// - Throws: ``AudioError/needsFFmpeg(format:)``, ``AudioError/damaged(reason:)``, ``AudioError/noAudioTrack``,
    ///   ``AudioError/tooLong(limitInSeconds:)``, ``AudioError/tookTooLong(limitInSeconds:)``, or
    ///   ``AudioError/decoderUnavailable(reason:)``.
    func wav(
        from bytes: [UInt8], _ container: ForeignContainer, limits: AudioLimits
    ) throws(AudioError) -> [UInt8] {
        guard let executable else { throw .needsFFmpeg(format: container.name) }
        let deadline = ContinuousClock.now + .seconds(timeLimitInSeconds)
        var process = try start(executable, on: bytes, container, limits)
        let written: (output: [UInt8], errors: [UInt8])
        do {
            written = try process.read(mostBytes: Self.mostBytes(within: limits), until: deadline)
        } catch {
            switch error {
            case .time: throw .tookTooLong(limitInSeconds: timeLimitInSeconds)
            case .output: throw .tooLong(limitInSeconds: limits.durationInSeconds)
            }
        }
        try check(process.end(), complaints: written.errors)
        return written.output
    }

    private func start(
        _ executable: String, on bytes: [UInt8], _ container: ForeignContainer, _ limits: AudioLimits
    ) throws(AudioError) -> ChildProcess {
        do throws(SystemError) {
            let file = try FileDescriptor.unnamedFile("recording", holding: bytes)
            return try ChildProcess(executable, arguments(for: container, limits), input: file)
        } catch {
            throw .decoderUnavailable(reason: "ffmpeg could not be started: \(error)")
        }
    }

    private func check(_ ending: ProcessEnding, complaints: [UInt8]) throws(AudioError) {
        let reason = FFmpegComplaint(complaints)
        switch ending {
        case .exited(status: 0): return
        case .exited where reason.isMissingTrack: throw .noAudioTrack
        case .exited: throw .damaged(reason: reason.text)
        case .killed(SIGXCPU): throw .tookTooLong(limitInSeconds: timeLimitInSeconds)
        case .killed(let signal): throw .damaged(reason: "ffmpeg was ended by signal \(signal).")
        case .unknown: throw .decoderUnavailable(reason: "the system does not tell how ffmpeg has ended.")
        }
    }

    /// A header, and a second more than is accepted at the highest rate that is.
    private static func mostBytes(within limits: AudioLimits) -> Int {
        4_096 + secondsRead(within: limits) * limits.sampleRatesInHz.upperBound * MemoryLayout<Int16>.size
    }
}
