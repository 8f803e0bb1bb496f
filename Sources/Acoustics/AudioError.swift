/// Why audio could not be read, written or changed.
///
/// None of these goes away by trying again.
package enum AudioError: Error, Hashable, Sendable {
    /// The file has no bytes.
    case emptyFile
    /// The file decodes, but to no sound at all.
    case noSamples
    /// The file is larger than we take.
    case tooManyBytes(count: Int, limit: Int)
    /// The sound goes on for longer than we take.
    case tooLong(limitInSeconds: Double)
    /// Neither WAV, FLAC, Ogg nor MP3.
    case notAudio
    /// It begins like audio that we know, but cannot be decoded.
    case damaged(reason: String)
    /// The file ends before its own header says it should.
    case truncated(foundInMilliseconds: Int, promisedInMilliseconds: Int)
    case unsupportedSampleRate(inHz: Int, allowed: ClosedRange<Int>)
    case tooManyChannels(count: Int, limit: Int)
    /// A sample is NaN or infinite. The index counts frames: one sample of every channel.
    case notFinite(index: Int)
    /// A codec library refused sound that we made: somebody must look at the installation.
    case codec(reason: String)

    /// A fixed word per case, safe as a metric label.
    package var label: String {
        switch self {
        case .emptyFile: "empty_file"
        case .noSamples: "no_samples"
        case .tooManyBytes: "too_many_bytes"
        case .tooLong: "too_long"
        case .notAudio: "not_audio"
        case .damaged: "damaged"
        case .truncated: "truncated"
        case .unsupportedSampleRate: "unsupported_sample_rate"
        case .tooManyChannels: "too_many_channels"
        case .notFinite: "not_finite"
        case .codec: "codec"
        }
    }
}

extension AudioError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .emptyFile:
            "The audio file is empty."
        case .noSamples:
            "The audio has no sound in it: its length is zero."
        case .tooManyBytes(let count, let limit):
            "The audio file has \(count) bytes; at most \(limit) are accepted."
        case .tooLong(let limit):
            "The audio is longer than \(limit) seconds, the longest that is accepted."
        case .notAudio:
            "The file is not audio in WAV, FLAC, Ogg (Vorbis or Opus) or MP3 format."
        case .damaged(let reason):
            "The audio file is damaged and cannot be decoded: \(reason)"
        case .truncated(let found, let promised):
            "The audio file is cut off: its header promises \(promised) ms of sound, but only \(found) ms are there."
        case .unsupportedSampleRate(let rate, let allowed):
            "The audio's sample rate of \(rate) Hz is outside \(allowed.lowerBound) to \(allowed.upperBound) Hz."
        case .tooManyChannels(let count, let limit):
            "The audio has \(count) channels; at most \(limit) are accepted."
        case .notFinite(let index):
            "The audio holds a value that is not a number at sample \(index)."
        case .codec(let reason):
            "The audio library refused the sound: \(reason)"
        }
    }
}
