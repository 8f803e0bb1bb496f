/// Writes a granule's values as Huffman words.
///
/// Source: ISO/IEC 11172-3:1993, 2.4.1.7 and 2.4.2.7: pairs in three regions with a code each, then fours of −1, 0 and
/// 1, then zeros that are not written.
struct MP3SpectrumCoder {
    /// What the side information says about the words.
    struct Layout {
        var bigValues = 0
        var tables: [UInt32] = [0, 0, 0]
        /// Bands in the first two regions, less one each.
        var region0 = 0
        var region1 = 0
        /// Whether fours are written with table "B", which has four bits for each.
        var flatFours = false
        /// What the three regions are written with; not a part of the side information.
        var classes = [0, 0, 0]
    }

    /// Codes by the largest value they can hold, smallest first; the last one escapes.
    ///
    /// Of those that hold the same values these are shortest on speech: 4–11 % less than 2, 5, 7, 10 and 13.
    private let tables: [MP3HuffmanTable] = [
        .table1, .table3, .table6, .table9, .table12, .table15, .table24,
    ]
    /// The index in ``tables`` by the largest value in a region, up to 15; 0 stands for "nothing to write".
    private let classOfLargest: [Int] = [0, 1, 2, 3, 4, 4, 5, 5] + [Int](repeating: 6, count: 8)
    /// About the bits for a pair by class, to choose regions with.
    private let bitsPerPair: [Int] = [0, 3, 5, 6, 8, 9, 11, 15]

    private func codeClass(_ largest: Int32) -> Int { largest > 15 ? 7 : classOfLargest[Int(largest)] }

    /// Writes the words and returns their layout.
    func write(_ granule: MP3Granule, to bits: inout MP3BitWriter) -> Layout {
        granule.values.withUnsafeBufferPointer { values in
            var last = MP3Tables.bandBorders[MP3Quantiser.bandCount]
            while last > 0, values[last - 1] == 0, values[last - 2] == 0 { last -= 2 }
            var big = last
            while big > 0, abs(values[big - 1]) <= 1, abs(values[big - 2]) <= 1 { big -= 2 }
            // The last four can reach into the zeros behind, which go on to line 576.
            let fours = (last - big + 3) / 4
            var layout = regions(granule.largest, bigValues: big)
            writePairs(values, &layout, to: &bits)
            writeFours(values, big..<big + 4 * fours, &layout, to: &bits)
            return layout
        }
    }

    /// Tries every pair of borders that the side information can say, by a rough count of bits.
    private func regions(_ largest: [Int32], bigValues: Int) -> Layout {
        var layout = Layout()
        layout.bigValues = bigValues / 2
        let borders = MP3Tables.bandBorders
        let bandCount = borders.firstIndex { $0 >= bigValues } ?? 0
        let classes = largest.prefix(bandCount).map(codeClass)
        var above = [Int](repeating: 0, count: bandCount + 1)
        for band in (0..<bandCount).reversed() { above[band] = max(above[band + 1], classes[band]) }
        var best = Int.max
        var class0 = 0
        for first in 0..<min(16, bandCount) {
            class0 = max(class0, classes[first])
            var class1 = 0
            for second in 0..<8 {
                let end = min(first + second + 2, bandCount)
                if end > first + 1 { class1 = max(class1, classes[end - 1]) }
                let bits =
                    borders[first + 1] * bitsPerPair[class0] + (borders[end] - borders[first + 1]) * bitsPerPair[class1]
                    + (borders[bandCount] - borders[end]) * bitsPerPair[above[end]]
                if bits < best {
                    best = bits
                    (layout.region0, layout.region1) = (first, second)
                    layout.classes = [class0, class1, above[end]]
                }
                if end == bandCount { break }
            }
        }
        return layout
    }

    // MARK: - Pairs

    private func writePairs(
        _ values: UnsafeBufferPointer<Int32>, _ layout: inout Layout, to bits: inout MP3BitWriter
    ) {
        let end = 2 * layout.bigValues
        let borders = MP3Tables.bandBorders
        let first = min(borders[min(layout.region0 + 1, 22)], end)
        let second = min(borders[min(layout.region0 + layout.region1 + 2, 22)], end)
        layout.tables = [
            writeRegion(values, 0..<first, layout.classes[0], to: &bits),
            writeRegion(values, first..<second, layout.classes[1], to: &bits),
            writeRegion(values, second..<end, layout.classes[2], to: &bits),
        ]
    }

    /// Returns the number of the table that it wrote with.
    private func writeRegion(
        _ values: UnsafeBufferPointer<Int32>, _ range: Range<Int>, _ codeClass: Int, to bits: inout MP3BitWriter
    ) -> UInt32 {
        guard codeClass > 0, !range.isEmpty else { return 0 }
        let table = tables[codeClass - 1]
        guard codeClass == Self.escaping else {
            table.words.withUnsafeBufferPointer { words in
                for line in stride(from: range.lowerBound, to: range.upperBound, by: 2) {
                    let (x, y) = (values[line], values[line + 1])
                    let word = words[Int(abs(x)) * table.width + Int(abs(y))]
                    let (signs, signCount) = Self.signs(x, y)
                    bits.write((word >> 8) << UInt32(signCount) | signs, bits: Int(word & 0xFF) + signCount)
                }
            }
            return table.number
        }
        return writeEscaped(values, range, table, to: &bits)
    }

    private static let escaping = 7

    /// One bit for each value that is not zero: 1 where it is negative.
    private static func signs(_ x: Int32, _ y: Int32) -> (bits: UInt32, count: Int) {
        let (xCount, yCount) = (x == 0 ? 0 : 1, y == 0 ? 0 : 1)
        let xSign = (UInt32(bitPattern: x) >> 31) << UInt32(yCount)
        return (xSign | UInt32(bitPattern: y) >> 31, xCount + yCount)
    }

    /// Values from 15 on are written as 15, and what they are more in extra bits.
    private func writeEscaped(
        _ values: UnsafeBufferPointer<Int32>, _ range: Range<Int>, _ table: MP3HuffmanTable,
        to bits: inout MP3BitWriter
    ) -> UInt32 {
        let largest = values[range].reduce(0) { max($0, abs($1)) }
        let choice = Self.extraBits.firstIndex { largest - 15 < 1 << $0 } ?? Self.extraBits.count - 1
        for line in stride(from: range.lowerBound, to: range.upperBound, by: 2) {
            let (x, y) = (values[line], values[line + 1])
            let word = table.words[min(Int(abs(x)), 15) * table.width + min(Int(abs(y)), 15)]
            bits.write(word >> 8, bits: Int(word & 0xFF))
            for value in [x, y] {
                if abs(value) >= 15 { bits.write(UInt32(abs(value) - 15), bits: Self.extraBits[choice]) }
                if value != 0 { bits.write(value < 0 ? 1 : 0, bits: 1) }
            }
        }
        return table.number + UInt32(choice)
    }

    /// Extra bits of tables 24 to 31.
    ///
    /// Source: ISO/IEC 11172-3:1993, table 3-B.7.
    private static let extraBits = [4, 5, 6, 7, 8, 9, 11, 13]

    // MARK: - Fours

    /// Lengths and words of table "A"; those of "B" are four bits, the inverted index.
    private static let fourLengths: [Int] = [1, 4, 4, 5, 4, 6, 5, 6, 4, 5, 5, 6, 5, 6, 6, 6]
    private static let fourWords: [UInt32] = [1, 5, 4, 5, 6, 5, 4, 4, 7, 3, 6, 0, 7, 2, 3, 1]

    private func writeFours(
        _ values: UnsafeBufferPointer<Int32>, _ range: Range<Int>, _ layout: inout Layout, to bits: inout MP3BitWriter
    ) {
        let starts = stride(from: range.lowerBound, to: range.upperBound, by: 4)
        func index(_ start: Int) -> Int { (0..<4).reduce(0) { $0 << 1 | (values[start + $1] == 0 ? 0 : 1) } }
        layout.flatFours = starts.reduce(0) { $0 + Self.fourLengths[index($1)] - 4 } > 0
        for start in starts {
            let index = index(start)
            if layout.flatFours {
                bits.write(UInt32(15 - index), bits: 4)
            } else {
                bits.write(Self.fourWords[index], bits: Self.fourLengths[index])
            }
            for line in start..<start + 4 where values[line] != 0 {
                bits.write(values[line] < 0 ? 1 : 0, bits: 1)
            }
        }
    }
}
