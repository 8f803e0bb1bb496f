import CInnerLoops
import TestSupport
import Testing

@Suite struct LayerSumsTests {
    @Test("a layer's weights times its inputs are added to the sums of each row", arguments: [1, 3, 4, 9], [1, 2, 3])
    func sums(rows: Int, vectors: Int) {
        var generator = SeededGenerator(seed: 8)
        let (count, distance, width) = (21, 26, vectors * Int(layer_lanes))
        func random(_ count: Int) -> [Float] { (0..<count).map { _ in Float.random(in: -1...1, using: &generator) } }
        let (inputs, weights, before) = (random(rows * distance), random(count * width), random(rows * width + 1))
        var found = before
        layer_sums(inputs, Int32(rows), Int32(distance), Int32(count), weights, Int32(width), &found)
        for index in 0..<rows * width {
            let (row, output) = (index / width, index % width)
            let expected = (0..<count).reduce(Double(before[index])) {
                $0 + Double(inputs[row * distance + $1]) * Double(weights[$1 * width + output])
            }
            #expect(abs(Double(found[index]) - expected) < 1e-5)
        }
        #expect(found.last == before.last)
    }
}
