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

    private static let points = Int(gaussian_points)
    private static let stride = Int(gaussian_streams * gaussian_count)

    @Test("densities are those of the Gaussians' formula, relative to each stream's likeliest")
    func densities() {
        // Sixteen Gaussians at a time, each dimension's scale before its offset.
        let (count, dimensions, lanes) = (Int(gaussian_count), Int(gaussian_dimensions), 16)
        var generator = SeededGenerator(seed: 6)
        let shapes = (0..<Self.stride * dimensions * 2).map { _ in Float.random(in: 0...2, using: &generator) }
        let peaks = (0..<Self.stride).map { _ in Float.random(in: -40...0, using: &generator) }
        let distance = Self.points * dimensions + 5
        let values = (0..<Int(gaussian_streams) * distance).map { _ in Float.random(in: -3...3, using: &generator) }
        var found = [Float](repeating: -1, count: Self.points * Self.stride + 1)
        var likeliest = [Float](repeating: -5, count: Self.points + 1)
        gaussian_densities(shapes, peaks, values, Int32(distance), &found, &likeliest)
        for point in 0..<Self.points {
            var sum = 0.0
            for stream in 0..<Int(gaussian_streams) {
                let expected = (0..<count).map { index in
                    (0..<dimensions).reduce(Double(peaks[stream * count + index])) { sum, dimension in
                        let vector = stream * count / lanes + index / lanes
                        let place = (vector * dimensions + dimension) * 2 * lanes + index % lanes
                        let value = Double(values[stream * distance + point * dimensions + dimension])
                        let distance = Double(shapes[place]) * value - Double(shapes[place + lanes])
                        return sum - distance * distance
                    }
                }
                let most = expected.max() ?? 0
                sum += most
                let here = found[point * Self.stride + stream * count..<point * Self.stride + (stream + 1) * count]
                for (value, exponent) in zip(here, expected) {
                    #expect(abs(Double(value) - exp2(exponent - most)) < 1e-4, "\(exponent - most)")
                }
                #expect(here.max() == 1)
            }
            #expect(abs(Double(likeliest[point]) - sum) < 1e-3)
        }
        #expect(found.last == -1 && likeliest.last == -5)
    }

    @Test("scores are logarithms of the products of the streams' weighted sums")
    func scores() {
        var generator = SeededGenerator(seed: 7)
        let (count, senones) = (Int(gaussian_count), Int(gaussian_senones))
        let densities = (0..<Self.points * Self.stride).map { _ in exp2(-Float.random(in: 0...88, using: &generator)) }
        let weights = (0..<senones * Self.stride).map { _ in exp(-Float.random(in: 0...26, using: &generator)) }
        let likeliest = (0..<Self.points).map { _ in Float.random(in: -99...9, using: &generator) }
        var found = [Float](repeating: -1, count: senones * Self.points + 1)
        gaussian_scores(densities, likeliest, weights, &found)
        for senone in 0..<senones {
            for point in 0..<Self.points {
                let sums = (0..<Int(gaussian_streams)).map { stream in
                    (stream * count..<(stream + 1) * count).reduce(0.0) {
                        $0 + Double(densities[point * Self.stride + $1]) * Double(weights[senone * Self.stride + $1])
                    }
                }
                let expected = Double(likeliest[point]) * log(2) + sums.reduce(0) { $0 + log($1) }
                #expect(abs(Double(found[senone * Self.points + point]) - expected) < 2e-5)
            }
        }
        #expect(found.last == -1)
    }
}
