import CInnerLoops
import TestSupport
import Testing

@Suite struct LayerSumsTests {
    @Test("a layer's sums are those of its weights times its inputs", arguments: [1, 2, 3, 4, 6, 7])
    func sums(vectors: Int) {
        var generator = SeededGenerator(seed: 8)
        let (count, width) = (21, vectors * Int(layer_lanes))
        let inputs = (0..<count).map { $0.isMultiple(of: 3) ? 0 : Float.random(in: -2...2, using: &generator) }
        let weights = (0..<count * width).map { _ in Float.random(in: -1...1, using: &generator) }
        var found = [Float](repeating: -1, count: width + 1)
        layer_sums(inputs, Int32(count), weights, Int32(vectors), &found)
        for output in 0..<width {
            let expected = (0..<count).reduce(0) { $0 + Double(inputs[$1]) * Double(weights[$1 * width + output]) }
            #expect(abs(Double(found[output]) - expected) < 1e-5)
        }
        #expect(found[width] == -1)
    }
}
