import Testing

@testable import Reports

@Suite("PNG files")
struct PNGTests {
    @Test("checksums are those of the standards' examples")
    func checksums() {
        #expect(Checksums.crc32(Array("123456789".utf8)) == 0xCBF4_3926)
        #expect(Checksums.crc32(Array("IEND".utf8)) == 0xAE42_6082)
        #expect(Checksums.adler32(Array("Wikipedia".utf8)) == 0x11E6_0398)
    }

    @Test(
        "pixels are stored behind their row's filter, in blocks that deflate allows", arguments: [(3, 2), (700, 130)])
    func pixels(_ width: Int, _ height: Int) throws {
        let pixels = (0..<width * height).map { UInt8($0 * 7 % 256) }
        let palette = (0..<256).map { RGBColour(UInt8($0), 0, UInt8(255 - $0)) }
        let chunks = try Self.chunks(PNGImage(width: width, height: height, pixels: pixels, palette: palette).bytes)
        #expect(chunks.map(\.name) == ["IHDR", "PLTE", "IDAT", "IEND"])
        #expect(Array(chunks[0].content.prefix(8)) == Self.bytes(width) + Self.bytes(height))
        #expect(chunks[1].content.count == 768)
        let rows = try Self.inflatedStored(chunks[2].content)
        #expect(rows.count == (width + 1) * height)
        for row in 0..<height {
            #expect(rows[row * (width + 1)] == 0)
            #expect(
                Array(rows[row * (width + 1) + 1..<(row + 1) * (width + 1)])
                    == Array(pixels[row * width..<(row + 1) * width]))
        }
    }

    private static func bytes(_ value: Int) -> [UInt8] { [0, 0, UInt8(value >> 8), UInt8(value & 255)] }

    /// Names and contents, each with the checksum that it carries.
    private static func chunks(_ png: [UInt8]) throws -> [(name: String, content: [UInt8])] {
        var rest = png.dropFirst(8)
        var chunks: [(name: String, content: [UInt8])] = []
        while !rest.isEmpty {
            let count = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
            let body = Array(rest.dropFirst(4).prefix(count + 4))
            let sum = rest.dropFirst(count + 8).prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            try #require(Checksums.crc32(body) == sum)
            chunks.append((String(decoding: body.prefix(4), as: UTF8.self), Array(body.dropFirst(4))))
            rest = rest.dropFirst(count + 12)
        }
        return chunks
    }

    private static func inflatedStored(_ stream: [UInt8]) throws -> [UInt8] {
        var rest = stream.dropFirst(2)
        var bytes: [UInt8] = []
        while true {
            let head = Array(rest.prefix(5))
            let count = Int(head[1]) | Int(head[2]) << 8
            try #require(count ^ 0xFFFF == Int(head[3]) | Int(head[4]) << 8)
            bytes += rest.dropFirst(5).prefix(count)
            rest = rest.dropFirst(5 + count)
            if head[0] == 1 { break }
        }
        try #require(rest.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } == Checksums.adler32(bytes))
        return bytes
    }
}
