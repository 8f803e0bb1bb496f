import Foundation

/// WAV files written by hand, so that every lie about them can be told.
struct WAVFile {
    var formatTag: UInt16 = 1
    var channels: UInt16 = 1
    var sampleRateInHz: UInt32 = 16_000
    var bitsPerSample: UInt16 = 16
    var data: [UInt8] = []
    /// What the header says; `nil` for the truth.
    var declaredDataSize: UInt32?

    var bytes: [UInt8] {
        let blockAlign = UInt32(channels) * UInt32(bitsPerSample / 8)
        let format =
            little(formatTag) + little(channels) + little(sampleRateInHz)
            + little(sampleRateInHz &* blockAlign) + little(UInt16(truncatingIfNeeded: blockAlign))
            + little(bitsPerSample)
        let dataSize = declaredDataSize ?? UInt32(data.count)
        let body = Array("WAVEfmt ".utf8) + little(UInt32(format.count)) + format + Array("data".utf8)
        return Array("RIFF".utf8) + little(dataSize &+ UInt32(body.count + 4)) + body + little(dataSize) + data
    }
}

/// The bytes of an integer, least first.
func little<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian, Array.init)
}

/// The bytes of a list of floats, as WAV files hold them.
func little(_ floats: [Float]) -> [UInt8] { floats.flatMap { little($0.bitPattern) } }
