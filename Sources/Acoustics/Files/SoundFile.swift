import CSndfile
import Synchronization

/// The owner of one `SNDFILE *` over bytes in memory; closed when it goes out of scope.
struct SoundFile: ~Copyable {
    private let handle: OpaquePointer
    private let file: AudioBytes
    /// What libsndfile says about the file.
    ///
    /// Frame counts are a header's promise, never to be trusted.
    let info: SF_INFO

    /// Opening is serialised: libsndfile keeps the error of a failed opening in a global, and the codecs below it
    /// fill static tables the first time.
    private static let opening = Mutex(())

    private init(_ file: AudioBytes, mode: Int, info: SF_INFO) throws(OpenError) {
        var info = info
        var virtualFile = AudioBytes.virtualFile
        var opened: OpaquePointer?
        var reason = ""
        Self.opening.withLock { _ in
            opened = sf_open_virtual(&virtualFile, Int32(mode), &info, file.userData)
            if opened == nil { reason = String(cString: sf_strerror(nil)) }
        }
        guard let handle = opened else { throw OpenError(reason: reason) }
        self.handle = handle
        self.file = file
        self.info = info
    }

    deinit { sf_close(handle) }

    struct OpenError: Error {
        let reason: String
    }
}

// MARK: - Reading

extension SoundFile {
    static func reading(_ bytes: [UInt8]) throws(OpenError) -> SoundFile {
        try SoundFile(AudioBytes(bytes), mode: Int(SFM_READ), info: SF_INFO())
    }

    /// Reads interleaved frames, full scale ±1, into a buffer of whole frames.
    ///
    /// - Returns: The frames read; fewer than asked for at the end of what can be decoded.
    func readFrames(into buffer: UnsafeMutableBufferPointer<Float>) -> Int {
        Int(sf_readf_float(handle, buffer.baseAddress, sf_count_t(buffer.count / Int(info.channels))))
    }
}

// MARK: - Writing

extension SoundFile {
    static func writing(into file: AudioBytes, format: Int, sampleRateInHz: Int) throws(OpenError) -> SoundFile {
        var info = SF_INFO()
        info.samplerate = Int32(clamping: sampleRateInHz)
        info.channels = 1
        info.format = Int32(format)
        return try SoundFile(file, mode: Int(SFM_WRITE), info: info)
    }

    /// Sets one of libsndfile's `SFC_…` options that take a double.
    ///
    /// Before the first write.
    func set(_ command: Int, to value: Double) {
        var value = value
        sf_command(handle, Int32(command), &value, Int32(MemoryLayout<Double>.size))
    }

    /// Lets samples beyond full scale stop at full scale, where they would otherwise wrap around.
    func clipBeyondFullScale() { sf_command(handle, Int32(SFC_SET_CLIPPING), nil, Int32(SF_TRUE)) }

    /// - Returns: Whether all of them were taken.
    func write(_ samples: [Float]) -> Bool {
        sf_writef_float(handle, samples, sf_count_t(samples.count)) == sf_count_t(samples.count)
    }

    /// - Returns: Whether all of them were taken.
    func write(_ samples: [Int16]) -> Bool {
        sf_writef_short(handle, samples, sf_count_t(samples.count)) == sf_count_t(samples.count)
    }
}
