internal import CEspeakNG

/// Collects the audio and the events of one call to espeak-ng, whose callback fills it.
final class EspeakRecording {
    private(set) var samples: [Float] = []
    private(set) var events: [EspeakEvent] = []
    private(set) var isTooLong = false
    private let limitInSamples: Int

    init(limitInSamples: Int) { self.limitInSamples = limitInSamples }

    /// - Returns: Whether espeak-ng should go on.
    private func append(_ audio: UnsafeBufferPointer<Int16>, _ list: UnsafePointer<espeak_EVENT>) -> Bool {
        samples.append(contentsOf: audio.lazy.map { Float($0) / 32_768 })
        var next = list
        while next.pointee.type != espeakEVENT_LIST_TERMINATED {
            if let event = EspeakEvent(next.pointee) { events.append(event) }
            next += 1
        }
        isTooLong = samples.count > limitInSamples
        return !isTooLong
    }

    typealias Callback =
        @convention(c) (
            UnsafeMutablePointer<Int16>?, Int32, UnsafeMutablePointer<espeak_EVENT>?
        ) -> Int32

    /// For `espeak_SetSynthCallback`; the recording comes back as the user data of every list of events.
    static let callback: Callback = { audio, count, events in
        guard let events, let data = events.pointee.user_data else { return 0 }
        let recording = Unmanaged<EspeakRecording>.fromOpaque(data).takeUnretainedValue()
        let samples = UnsafeBufferPointer(start: audio, count: audio == nil ? 0 : Int(count))
        return recording.append(samples, events) ? 0 : 1
    }
}
