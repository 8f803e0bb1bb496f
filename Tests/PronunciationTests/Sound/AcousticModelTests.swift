import CInnerLoops
import Foundation
import TestSupport
import Testing

@testable import Pronunciation

@Suite struct AcousticModelTests {
    @Test("a model that is not installed is named with the package that brings it")
    func missing() throws {
        let error = #expect(throws: AcousticModelError.self) { try AcousticModel(folder: "/nonexistent") }
        #expect(error == .missing(path: "/nonexistent/mdef"))
        #expect(error?.description.contains("apt-get install pocketsphinx-en-us") == true)
        #expect(throws: AcousticModelError.self) { try PronouncingDictionary(path: "/nonexistent/words.dict") }
    }

    /// A copy of the model with one file cut off or changed.
    private func damaged(_ name: String, _ change: (inout Data) -> Void) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "model-\(UUID())")
        try FileManager.default.copyItem(at: URL(filePath: AcousticModel.standardFolder), to: folder)
        let file = folder.appending(path: name)
        var bytes = try Data(contentsOf: file)
        change(&bytes)
        try FileManager.default.removeItem(at: file)
        try bytes.write(to: file)
        return folder.path(percentEncoded: false)
    }

    @Test(
        "a file that is cut off or overwritten is refused by name, never read past its end",
        arguments: ["mdef", "means", "variances", "sendump", "transition_matrices"], [0, 3, 60, 1_500])
    func truncated(_ name: String, _ length: Int) throws {
        let folder = try damaged(name) { $0 = $0.prefix(length) }
        defer { try? FileManager.default.removeItem(atPath: folder) }  // Only the test's own litter would remain.
        let error = #expect(throws: AcousticModelError.self) { try AcousticModel(folder: folder) }
        #expect(error?.description.contains(name) == true)
        let noise = try damaged(name) { bytes in for index in 0..<min(2_000, bytes.count) { bytes[index] = 0x7F } }
        defer { try? FileManager.default.removeItem(atPath: noise) }
        #expect(throws: AcousticModelError.self) { try AcousticModel(folder: noise) }
    }

    @Test("triphones that were seen have senones of their own; others fall back")
    func triphones() throws {
        let model = try Installed.model.get()
        let (k, ae, t) = (model.codebook(of: .k), model.codebook(of: .ae), model.codebook(of: .t))
        let plain = model.definition.senones(of: ae)
        let between = model.definition.senones(of: ae, left: k, right: t, position: .inner)
        #expect(Set(plain).isDisjoint(with: between))
        #expect(model.definition.senones(of: ae, left: 99, right: 99, position: .inner) == plain)
    }

    @Test("scores are logarithms of the products of the streams' weighted sums of Gaussians", arguments: [1, 3])
    func scores(groups: Int) {
        let (streams, count, dimensions) = (Int(gaussian_streams), Int(gaussian_count), Int(gaussian_dimensions))
        // Sixteen Gaussians at a time, each dimension's scale before its offset.
        let lanes = 16
        let (points, phones, senones) = (groups * Int(gaussian_points), 2, 2 * Int(gaussian_senones))
        var generator = SeededGenerator(seed: 6)
        let shapes = (0..<streams * count * dimensions * 2).map { _ in Float.random(in: 0...2, using: &generator) }
        let peaks = (0..<streams * count).map { _ in Float.random(in: -40...0, using: &generator) }
        let distance = points * dimensions + 5
        let values = (0..<streams * distance).map { _ in Float.random(in: -3...3, using: &generator) }
        let weights = (0..<senones * streams * count).map { _ in exp(-Float.random(in: 0...26, using: &generator)) }
        var found = [Float](repeating: -1, count: senones * points + 1)
        gaussian_scores(shapes, peaks, values, Int32(distance), Int32(points), weights, Int32(phones), &found)

        func exponent(_ gaussian: Int, _ stream: Int, _ point: Int) -> Double {
            (0..<dimensions).reduce(Double(peaks[gaussian])) { sum, dimension in
                let place = (gaussian / lanes * dimensions + dimension) * 2 * lanes + gaussian % lanes
                let value = Double(values[stream * distance + point * dimensions + dimension])
                let distance = Double(shapes[place]) * value - Double(shapes[place + lanes])
                return sum - distance * distance
            }
        }
        for point in 0..<points {
            var expected = [Double](repeating: 0, count: senones)
            for stream in 0..<streams {
                let gaussians = stream * count..<(stream + 1) * count
                let exponents = gaussians.map { exponent($0, stream, point) }
                let most = exponents.max() ?? 0
                let densities = exponents.map { exp2(max($0 - most, -88)) }
                for senone in 0..<senones {
                    let sum = zip(densities, gaussians).reduce(0) {
                        $0 + $1.0 * Double(weights[senone * streams * count + $1.1])
                    }
                    expected[senone] += log(sum) + most * log(2)
                }
            }
            for senone in 0..<senones { #expect(abs(Double(found[senone * points + point]) - expected[senone]) < 2e-3) }
        }
        #expect(found.last == -1)
    }
}
