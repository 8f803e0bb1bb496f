/// Puts granules into frames, each of the smallest bit rate that holds it, with a reservoir of bytes between them.
///
/// Source: ISO/IEC 13818-3:1998, 2.4.1: at low sample rates a frame has one granule, and its data may begin in up to
/// 255 bytes that the frames before it left over.
struct MP3Stream {
    private let sampleRateInHz: Int
    /// Headers and side information, ``headerBytes`` a frame.
    private var headers: [UInt8] = []
    /// Bytes for data in each frame, behind its header.
    private var capacities: [Int] = []
    private var totalCapacity = 0
    private var data: [UInt8] = []
    private var bits = MP3BitWriter()

    /// Header and side information of a frame with one channel.
    private static let headerBytes = 13
    /// Bytes that every granule fits in, at the highest bit rate and without a reservoir.
    private let mostBytes: Int

    init(sampleRateInHz: Int, granules: Int) {
        self.sampleRateInHz = sampleRateInHz
        let highest = MP3Tables.bitRatesInKilobits.count - 1
        // The side information counts a granule's bits in 12 bits.
        mostBytes = min(Self.frameBytes(highest, sampleRateInHz) - Self.headerBytes, 4_095 / 8)
        headers.reserveCapacity(granules * Self.headerBytes)
        capacities.reserveCapacity(granules)
        data.reserveCapacity(granules * 128)
    }

    /// Takes a granule, or returns `false` when it has more bits than a frame can hold.
    mutating func append(_ granule: MP3Granule, coder: MP3SpectrumCoder) -> Bool {
        bits.reset()
        let scale = writeScaleFactors(granule)
        let layout = coder.write(granule, to: &bits)
        guard bits.byteCount <= mostBytes else { return false }
        let begin = reservoir()
        let bitRate = smallestBitRate(forBytes: bits.byteCount - begin)
        bits.append(to: &data)
        appendHeader(granule, layout, bitCount: bits.bitCount, scale: scale, bitRate: bitRate, begin: begin)
        capacities.append(Self.frameBytes(bitRate, sampleRateInHz) - Self.headerBytes)
        totalCapacity += capacities[capacities.count - 1]
        return true
    }

    /// Bytes that earlier frames left over; zeros fill those too far back to be reached.
    private mutating func reservoir() -> Int {
        let left = totalCapacity - data.count
        if left > 255 { data.append(contentsOf: repeatElement(0, count: left - 255)) }
        return min(left, 255)
    }

    private func smallestBitRate(forBytes bytes: Int) -> Int {
        let rates = 1..<MP3Tables.bitRatesInKilobits.count
        return rates.first { Self.frameBytes($0, sampleRateInHz) - Self.headerBytes >= bytes } ?? rates.upperBound - 1
    }

    private static func frameBytes(_ bitRate: Int, _ sampleRateInHz: Int) -> Int {
        72_000 * MP3Tables.bitRatesInKilobits[bitRate] / sampleRateInHz
    }

    // MARK: - Bits of a granule

    /// Source: ISO/IEC 13818-3:1998, 2.4.3.2: four groups of bands, each with a number of bits of its own.
    ///
    /// - Returns: `scalefac_compress`, which says these numbers.
    private mutating func writeScaleFactors(_ granule: MP3Granule) -> UInt32 {
        let groups = [0..<6, 6..<11, 11..<16, 16..<21]
        let lengths = groups.map { Int.bitWidth - granule.scaleFactors[$0].reduce(0, max).leadingZeroBitCount }
        for (group, length) in zip(groups, lengths) where length > 0 {
            for factor in granule.scaleFactors[group] { bits.write(UInt32(factor), bits: length) }
        }
        return UInt32((lengths[0] * 5 + lengths[1]) << 4 | lengths[2] << 2 | lengths[3])
    }

    private mutating func appendHeader(
        _ granule: MP3Granule, _ layout: MP3SpectrumCoder.Layout, bitCount: Int, scale: UInt32, bitRate: Int, begin: Int
    ) {
        bits.reset()
        for byte in frameHeader(bitRate: bitRate) { bits.write(UInt32(byte), bits: 8) }
        bits.write(UInt32(begin), bits: 8)
        bits.write(0, bits: 1)
        bits.write(UInt32(bitCount), bits: 12)
        bits.write(UInt32(layout.bigValues), bits: 9)
        bits.write(UInt32(granule.globalGain), bits: 8)
        bits.write(scale, bits: 9)
        bits.write(0, bits: 1)
        for table in layout.tables { bits.write(table, bits: 5) }
        bits.write(UInt32(layout.region0), bits: 4)
        bits.write(UInt32(layout.region1), bits: 3)
        bits.write(granule.coarseScale ? 1 : 0, bits: 1)
        bits.write(layout.flatFours ? 1 : 0, bits: 1)
        bits.append(to: &headers)
    }

    /// MPEG-2, layer III, no checksum, one channel, an original.
    private func frameHeader(bitRate: Int) -> [UInt8] {
        [0xFF, 0xF3, UInt8(bitRate) << 4 | (sampleRateInHz == 16_000 ? 2 : 0) << 2, 0xC4]
    }

    // MARK: - The file

    /// All frames, behind one that says how long the sound is and what to cut off at its ends.
    func finish(delayInSamples: Int, paddingInSamples: Int) -> [UInt8] {
        let information = informationFrame(delayInSamples, paddingInSamples)
        var file = information
        file.reserveCapacity(information.count + headers.count + totalCapacity)
        var position = 0
        for (frame, capacity) in capacities.enumerated() {
            file += headers[frame * Self.headerBytes..<(frame + 1) * Self.headerBytes]
            let end = min(position + capacity, data.count)
            file += data[position..<end]
            file.append(contentsOf: repeatElement(0, count: position + capacity - end))
            position = end
        }
        return file
    }

    /// A silent frame with the "Xing" header that players of variable bit rates look for, and the "LAME" one behind
    /// it, from which they know the samples that are not sound.
    private func informationFrame(_ delay: Int, _ padding: Int) -> [UInt8] {
        let bitRate = smallestBitRate(forBytes: 160)
        let size = Self.frameBytes(bitRate, sampleRateInHz)
        let total = size + headers.count + totalCapacity
        var frame = frameHeader(bitRate: bitRate) + [UInt8](repeating: 0, count: Self.headerBytes - 4)
        frame +=
            Array("Xing".utf8) + big(0x7) + big(capacities.count) + big(total) + seekTable(first: size, total: total)
        frame += Array("LAME-tag".utf8) + [0, 0x04, 100] + [UInt8](repeating: 0, count: 10)
        frame += big(delay << 12 | padding).suffix(3)
        return frame + [UInt8](repeating: 0, count: size - frame.count)
    }

    /// Where in the file each hundredth of the time is, in 256ths.
    private func seekTable(first: Int, total: Int) -> [UInt8] {
        var starts = [first]
        for capacity in capacities { starts.append(starts[starts.count - 1] + capacity + Self.headerBytes) }
        return (0..<100).map { UInt8(min(255, starts[$0 * capacities.count / 100] * 256 / total)) }
    }

    private func big(_ number: Int) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
    }
}
