/// How much audio is let in.
///
/// Whatever a header promises, no more than this is read.
package struct AudioLimits: Hashable, Sendable {
    /// Size of the file as it came, in bytes.
    package var bytes: Int
    /// Length after decoding, in seconds.
    package var durationInSeconds: Double
    package var channels: Int
    package var sampleRatesInHz: ClosedRange<Int>

    /// Ten minutes, 64 MiB, eight channels, 8–96 kHz: at most 230 MB of memory for one recording,
    /// and half as much again while ffmpeg's WAV file is read.
    package init(
        bytes: Int = 64 << 20,
        durationInSeconds: Double = 600,
        channels: Int = 8,
        sampleRatesInHz: ClosedRange<Int> = 8_000...96_000
    ) {
        self.bytes = bytes
        self.durationInSeconds = durationInSeconds
        self.channels = channels
        self.sampleRatesInHz = sampleRatesInHz
    }
}
