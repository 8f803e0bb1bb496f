import CSndfile

extension AudioContainer {
    /// How many frames the file itself says it has, or `nil` where it does not say.
    ///
    /// libsndfile quietly shortens a WAV file's length to the bytes that are there, so that one is read here.
    ///
    /// - Parameter found: Frames that could be decoded.
    func promisedFrames(in bytes: [UInt8], info: SF_INFO, found: Int) -> Int? {
        switch self {
        case .wav: promisedFramesOfWAV(in: bytes, found: found)
        case .flac, .ogg, .mp3: info.frames < sf_count_t.max ? Int(info.frames) : nil
        }
    }

    /// Ogg and MP3 count in codec frames, so the last one may come out shorter than the header says.
    var toleranceInFrames: Int {
        switch self {
        case .wav, .flac: 0
        case .ogg, .mp3: 4_608
        }
    }

    /// The frames found, scaled from the bytes that are there to the bytes that the `data` chunk declares.
    ///
    /// `nil` for the sizes that a recorder writes when it cannot know: zero, and next to 2 or 4 GiB.
    private func promisedFramesOfWAV(in bytes: [UInt8], found: Int) -> Int? {
        guard let data = wavDataChunk(in: bytes), data.declared < 0x7FFF_0000 else { return nil }
        let available = bytes.count - data.offset
        guard data.declared > available else { return nil }
        return available > 0 ? found * data.declared / available : data.declared
    }

    private func wavDataChunk(in bytes: [UInt8]) -> (offset: Int, declared: Int)? {
        var offset = 12
        while offset + 8 <= bytes.count {
            let size = bytes.littleEndian32(at: offset + 4)
            if bytes[offset..<offset + 4].elementsEqual("data".utf8) { return (offset + 8, size) }
            offset += 8 + size + size % 2
        }
        return nil
    }
}
