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

    @Test(
        "densities are those of the Gaussians' formula, at one point and at four", arguments: [1, Int(gaussian_points)])
    func densities(pointCount: Int) {
        // Sixteen Gaussians at a time, each dimension's 1/(σ√2) before its μ/(σ√2).
        let (count, dimensions, lanes) = (Int(gaussian_count), Int(gaussian_dimensions), 16)
        var generator = SeededGenerator(seed: 6)
        let shapes = (0..<count * dimensions * 2).map { _ in Float.random(in: 0...2, using: &generator) }
        let peaks = (0..<count).map { _ in Float.random(in: -40...0, using: &generator) }
        let points = (0..<pointCount * dimensions).map { _ in Float.random(in: -3...3, using: &generator) }
        let stride = count + 8
        var found = [Float](repeating: -1, count: pointCount * stride)
        var likeliest = [Float](repeating: -5, count: pointCount)
        gaussian_densities(shapes, peaks, points, Int32(pointCount), &found, Int32(stride), &likeliest)
        for point in 0..<pointCount {
            let expected = (0..<count).map { index in
                (0..<dimensions).reduce(Double(peaks[index])) { sum, dimension in
                    let place = (index / lanes * dimensions + dimension) * 2 * lanes + index % lanes
                    let value = Double(points[point * dimensions + dimension])
                    let distance = Double(shapes[place]) * value - Double(shapes[place + lanes])
                    return sum - distance * distance
                }
            }
            let most = expected.max() ?? 0
            #expect(abs(Double(likeliest[point]) + 5 - most) < 1e-3)
            let here = found[point * stride..<point * stride + count]
            for (value, exponent) in zip(here, expected) {
                #expect(abs(Double(value) - exp(exponent - most)) < 1e-4, "\(exponent - most)")
            }
            #expect(here.max() == 1)
            #expect(found[point * stride + count..<(point + 1) * stride].allSatisfy { $0 == -1 })
        }
    }

    @Test("mixtures are the product of the codebooks' weighted sums")
    func mixtures() {
        var generator = SeededGenerator(seed: 7)
        let count = Int(gaussian_count)
        let densities = (0..<2 * count).map { _ in Float.random(in: 0...1, using: &generator) }
        let weights = (0..<2 * count).map { _ in Float.random(in: 0...1, using: &generator) }
        let sums = [0..<count, count..<2 * count].map { $0.reduce(0.0) { $0 + Double(densities[$1] * weights[$1]) } }
        #expect(abs(Double(gaussian_mixtures(densities, weights, 2)) / (sums[0] * sums[1]) - 1) < 1e-5)
    }
}
