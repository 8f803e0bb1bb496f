/// A picture with 256 colours as a PNG file.
///
/// Its data is stored, not compressed: an implementation of deflate would be longer than all the rest.
///
/// Source: PNG specification, 3rd ed. (W3C, 2025); RFC 1950 and RFC 1951, section 3.2.4.
struct PNGImage {
    let width: Int
    let height: Int
    /// Indices into the palette, rows from the top.
    let pixels: [UInt8]
    /// At most 256.
    let palette: [RGBColour]

    /// - Precondition: There is a pixel for every place.
    init(width: Int, height: Int, pixels: [UInt8], palette: [RGBColour]) {
        precondition(width > 0 && height > 0 && pixels.count == width * height, "A picture has all its pixels.")
        precondition((1...256).contains(palette.count), "A palette has 1 to 256 colours.")
        (self.width, self.height, self.pixels, self.palette) = (width, height, pixels, palette)
    }

    var bytes: [UInt8] {
        let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        // 8 bits a pixel, palette; the only compression, filtering and order there are.
        let header = Self.bigEndian(width) + Self.bigEndian(height) + [8, 3, 0, 0, 0]
        return signature + chunk("IHDR", header) + chunk("PLTE", palette.flatMap { [$0.red, $0.green, $0.blue] })
            + chunk("IDAT", Self.stored(scanlines)) + chunk("IEND", [])
    }

    /// Each row behind the number of its filter, 0 for none.
    private var scanlines: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity((width + 1) * height)
        for row in 0..<height {
            bytes.append(0)
            bytes.append(contentsOf: pixels[row * width..<(row + 1) * width])
        }
        return bytes
    }

    private func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
        let body = Array(name.utf8) + content
        return Self.bigEndian(content.count) + body + Self.bigEndian(Int(Checksums.crc32(body)))
    }

    /// A zlib stream of stored blocks of at most 65,535 bytes.
    private static func stored(_ bytes: [UInt8]) -> [UInt8] {
        var stream: [UInt8] = [0x78, 0x01]
        for start in stride(from: 0, to: bytes.count, by: 65_535) {
            let end = min(start + 65_535, bytes.count)
            let count = UInt16(end - start)
            stream.append(end == bytes.count ? 1 : 0)
            for value in [count, ~count] { stream += [UInt8(value & 0xFF), UInt8(value >> 8)] }
            stream += bytes[start..<end]
        }
        return stream + bigEndian(Int(Checksums.adler32(bytes)))
    }

    private static func bigEndian(_ value: Int) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }
}
