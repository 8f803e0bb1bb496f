package import Acoustics
package import Objects

/// A learner's recording, read and found fit to be measured.
package struct Recording: Sendable {
    package let waveform: Waveform
    package let activity: SpeechActivity
    /// Milliseconds from the recording's start to the first speech.
    package let responseLatencyInMilliseconds: Int

    /// Reads a recording from the store.
    ///
    /// - Throws: What ``init(decoding:)`` throws, or an `ObjectError`.
    package init(at key: String, from objects: any ObjectStore) async throws {
        try self.init(decoding: try await objects.get(key, in: Provisioning.bucket).body)
    }

    /// - Parameters:
    ///   - bytes: A file in any format that `AudioDecoder` reads.
    ///   - span: The part of it that is meant, in milliseconds, cut at its end; all of it when `nil`.
    /// - Throws: ``JobFailure/giveUp(reason:)`` in words a learner understands, for one that is silent, clipped, too
    ///   short or too long; an `AudioError` for one that cannot be read.
    package init(decoding bytes: [UInt8], spanInMilliseconds span: Range<Int>? = nil) throws {
        waveform = try Self.part(span, of: try Self.decoded(bytes))
        activity = try SpeechActivity.detect(in: waveform)
        if let refusal = RecordingQuality.refusal(of: waveform, activity: activity) {
            throw JobFailure.giveUp(reason: refusal.reason)
        }
        guard let latency = activity.responseLatencyInMilliseconds else {
            preconditionFailure("A recording without speech was not refused.")
        }
        responseLatencyInMilliseconds = latency
    }

    private static func part(_ span: Range<Int>?, of waveform: Waveform) throws -> Waveform {
        guard let span else { return waveform }
        guard span.lowerBound < waveform.durationInMilliseconds else {
            throw JobFailure.giveUp(
                reason: "Its part begins at \(span.lowerBound) ms; the recording ends at "
                    + "\(waveform.durationInMilliseconds) ms.")
        }
        return waveform[seconds: Double(span.lowerBound) / 1000..<Double(span.upperBound) / 1000]
    }

    private static func decoded(_ bytes: [UInt8]) throws -> Waveform {
        do {
            return try AudioDecoder.decode(bytes)
        } catch AudioError.tooLong {
            throw JobFailure.giveUp(reason: RecordingRefusal.tooLong(milliseconds: nil).reason)
        }
    }
}
