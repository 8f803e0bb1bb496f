internal import CEspeakNG

/// Collects the audio and the events of one call to espeak-ng, whose callback fills it.
///
/// One serves for many calls: fresh memory for each costs a tenth of the time that speaking takes.
final class EspeakRecording {
    private var audio: [Int16] = []
    private(set) var events: [EspeakEvent] = []
    private(set) var isTooLong = false
    private let limitInSamples: Int

    init(limitInSamples: Int) { self.limitInSamples = limitInSamples }

    /// Forgets the call before; memory for about a minute of speech is kept.
    func clear() {
        audio.removeAll(keepingCapacity: audio.count < 1_500_000)
        events.removeAll(keepingCapacity: true)
        isTooLong = false
    }

    /// A copy: the memory itself stays here for the next call.
    var samples: [Int16] { audio.withUnsafeBufferPointer { Array($0) } }

    /// - Returns: Whether espeak-ng should go on.
    private func append(_ block: UnsafeBufferPointer<Int16>, _ list: UnsafePointer<espeak_EVENT>) -> Bool {
        audio.append(contentsOf: block)
        var next = list
        while next.pointee.type != espeakEVENT_LIST_TERMINATED {
            if let event = EspeakEvent(next.pointee) { events.append(event) }
            next += 1
        }
        isTooLong = audio.count > limitInSamples
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
