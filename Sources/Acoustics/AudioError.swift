/// Why audio could not be read, written or changed.
///
/// Trying again helps where ``isTransient`` says so, and nowhere else.
package enum AudioError: Error, Hashable, Sendable {
    /// The file has no bytes.
    case emptyFile
    /// The file decodes, but to no sound at all.
    case noSamples
    /// The file is larger than we take.
    case tooManyBytes(count: Int, limit: Int)
    /// The sound goes on for longer than we take.
    case tooLong(limitInSeconds: Double)
    /// In none of the formats that are read here.
    case notAudio
    /// Only ffmpeg reads this format, and it is not installed; the operator can mend that.
    case needsFFmpeg(format: String)
    /// A file with pictures only, or with nothing.
    case noAudioTrack
    /// It begins like audio that we know, but cannot be decoded.
    case damaged(reason: String)
    /// The file ends before its own header says it should.
    case truncated(foundInMilliseconds: Int, promisedInMilliseconds: Int)
    /// The file ends inside a piece that it has begun; how much sound is missing, it does not say.
    case cutOff(foundInBytes: Int, promisedInBytes: Int)
    case unsupportedSampleRate(inHz: Int, allowed: ClosedRange<Int>)
    case tooManyChannels(count: Int, limit: Int)
    /// A sample is NaN or infinite. The index counts frames: one sample of every channel.
    case notFinite(index: Int)
    /// A codec library refused sound that we made: somebody must look at the installation.
    case codec(reason: String)
    /// Decoding was given up: an overloaded machine, or a file made to keep it busy.
    case tookTooLong(limitInSeconds: Int)
    /// The machine had no room to decode the file in.
    case decoderUnavailable(reason: String)

    /// Whether the same file may be read later.
    package var isTransient: Bool {
        switch self {
        case .tookTooLong, .decoderUnavailable: true
        default: false
        }
    }

    /// A fixed word per case, safe as a metric label.
    package var label: String {
        switch self {
        case .emptyFile: "empty_file"
        case .noSamples: "no_samples"
        case .tooManyBytes: "too_many_bytes"
        case .tooLong: "too_long"
        case .notAudio: "not_audio"
        case .needsFFmpeg: "needs_ffmpeg"
        case .noAudioTrack: "no_audio_track"
        case .damaged: "damaged"
        case .truncated: "truncated"
        case .cutOff: "cut_off"
        case .unsupportedSampleRate: "unsupported_sample_rate"
        case .tooManyChannels: "too_many_channels"
        case .notFinite: "not_finite"
        case .codec: "codec"
        case .tookTooLong: "took_too_long"
        case .decoderUnavailable: "decoder_unavailable"
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
            "The file is not audio in WAV, FLAC, Ogg (Vorbis or Opus), MP3, MP4 (M4A, 3GP), WebM, AAC or AMR format."
        case .needsFFmpeg(let format):
            "This recording is \(format); ffmpeg is needed to read it and is not installed."
        case .noAudioTrack:
            "The file has no audio track."
        case .damaged(let reason):
            "The audio file is damaged and cannot be decoded: \(reason)"
        case .truncated(let found, let promised):
            "The audio file is cut off: its header promises \(promised) ms of sound, but only \(found) ms are there."
        case .cutOff(let found, let promised):
            "The audio file is cut off: it is \(found) bytes long, and what it has begun would need \(promised)."
        case .unsupportedSampleRate(let rate, let allowed):
            "The audio's sample rate of \(rate) Hz is outside \(allowed.lowerBound) to \(allowed.upperBound) Hz."
        case .tooManyChannels(let count, let limit):
            "The audio has \(count) channels; at most \(limit) are accepted."
        case .notFinite(let index):
            "The audio holds a value that is not a number at sample \(index)."
        case .codec(let reason):
            "The audio library refused the sound: \(reason)"
        case .tookTooLong(let limit):
            "The recording could not be decoded within \(limit) seconds."
        case .decoderUnavailable(let reason):
            "The recording could not be decoded now: \(reason)"
        }
    }
}
