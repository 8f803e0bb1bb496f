internal import JSON

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A small convolutional network that says which sound each 20 ms are.
///
/// A convolution over five frames at every second frame, three residual convolutions over three frames that lie one, two
/// and three apart, and a layer of 40 outputs: the 39 sounds and silence. It was fitted to learners' recordings, and it
/// knows their sounds where the acoustic model knows native ones.
package struct FrameNetwork: Sendable {
    static let outputCount = Phone.allCases.count + 1
    private static let inputReach = 2
    private static let dilations = [1, 2, 3]

    private let width: Int
    private let input: QuantisedLayer
    private let residuals: [QuantisedLayer]
    private let output: QuantisedLayer

    init(_ json: JSONValue?) throws(ScoringWeightsError) {
        guard let width = json?["width"]?.int, 8...1024 ~= width, width.isMultiple(of: 8) else {
            throw .invalid("the frame network has no width")
        }
        self.width = width
        input = try QuantisedLayer(
            json?["input"], inputCount: (2 * Self.inputReach + 1) * FrameInputs.count, outputCount: width)
        var residuals: [QuantisedLayer] = []
        for index in Self.dilations.indices {
            residuals.append(
                try QuantisedLayer(json?["residual_\(index + 1)"], inputCount: 3 * width, outputCount: width))
        }
        self.residuals = residuals
        output = try QuantisedLayer(json?["output"], inputCount: width, outputCount: Self.outputCount)
    }

    /// Hears nothing but an equal chance of everything: for alignments alone.
    package static let silent = FrameNetwork()

    private init() {
        width = 8
        input = QuantisedLayer(inputCount: (2 * Self.inputReach + 1) * FrameInputs.count, outputCount: 8)
        residuals = Self.dilations.map { _ in QuantisedLayer(inputCount: 24, outputCount: 8) }
        output = QuantisedLayer(inputCount: 8, outputCount: Self.outputCount)
    }

    /// - Parameter bytes: A file that the training wrote of one network.
    package init(_ bytes: [UInt8]) throws(ScoringWeightsError) {
        let json: JSONValue
        do { json = try JSONValue(parsing: bytes) } catch { throw .invalid(error.description) }
        try self.init(json)
    }

    /// Log probabilities of each sound, in the order of `Phone.allCases`, and of silence, every second frame.
    ///
    /// - Complexity: O(frames · weights).
    package func classify(_ inputs: FrameInputs) -> FramePosteriors {
        let count = (inputs.frameCount + 1) / 2
        var hidden = [Float](repeating: 0, count: count * width)
        for row in 0..<count {
            for tap in -Self.inputReach...Self.inputReach where 0..<inputs.frameCount ~= 2 * row + tap {
                input.add(
                    inputs.values, from: (2 * row + tap) * FrameInputs.count, count: FrameInputs.count,
                    firstInput: (tap + Self.inputReach) * FrameInputs.count, to: &hidden, at: row * width)
            }
            input.finish(&hidden, at: row * width)
        }
        for (layer, dilation) in zip(residuals, Self.dilations) {
            var change = [Float](repeating: 0, count: hidden.count)
            for row in 0..<count {
                for (tap, other) in [row - dilation, row, row + dilation].enumerated() where 0..<count ~= other {
                    layer.add(
                        hidden, from: other * width, count: width, firstInput: tap * width, to: &change, at: row * width
                    )
                }
                layer.finish(&change, at: row * width)
            }
            for index in hidden.indices { hidden[index] += change[index] }
        }
        return FramePosteriors(values: logits(hidden, count: count))
    }

    private func logits(_ hidden: [Float], count: Int) -> [Float] {
        var values = [Float](repeating: 0, count: count * Self.outputCount)
        for row in 0..<count {
            let outputs = row * Self.outputCount..<(row + 1) * Self.outputCount
            output.add(hidden, from: row * width, count: width, firstInput: 0, to: &values, at: outputs.lowerBound)
            output.finish(&values, at: outputs.lowerBound, rectifies: false)
            let best = values[outputs].max() ?? 0
            let sum = values[outputs].reduce(Float(0)) { $0 + exp($1 - best) }
            for index in outputs { values[index] -= best + log(sum) }
        }
        return values
    }
}

/// Log probabilities of sounds, a row every second frame.
package struct FramePosteriors: Hashable, Sendable {
    /// Rows of ``FrameNetwork/outputCount`` values.
    let values: [Float]

    var rowCount: Int { values.count / FrameNetwork.outputCount }

    subscript(row: Int, output: Int) -> Float { values[row * FrameNetwork.outputCount + output] }

    /// The rows that fall into a stretch of frames; at least one.
    func rows(of frames: Range<Int>) -> Range<Int> {
        let first = min(frames.lowerBound / 2, rowCount - 1)
        return first..<min(max(first + 1, (frames.upperBound + 1) / 2), rowCount)
    }
}
