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
        var hidden = input.outputs(rowCount: count)
        for tap in 0...2 * Self.inputReach {
            input.add(
                inputs.values, length: FrameInputs.count, count: FrameInputs.count, step: 2,
                offset: tap - Self.inputReach, firstInput: tap * FrameInputs.count, to: &hidden)
        }
        for index in hidden.indices { hidden[index] = max(0, hidden[index]) }
        for (layer, dilation) in zip(residuals, Self.dilations) {
            var change = layer.outputs(rowCount: count)
            for (tap, offset) in [-dilation, 0, dilation].enumerated() {
                layer.add(
                    hidden, length: layer.rowLength, count: width, offset: offset, firstInput: tap * width, to: &change)
            }
            for index in hidden.indices { hidden[index] += max(0, change[index]) }
        }
        return FramePosteriors(values: logits(hidden, count: count))
    }

    private func logits(_ hidden: [Float], count: Int) -> [Float] {
        var sums = output.outputs(rowCount: count)
        output.add(hidden, length: input.rowLength, count: width, to: &sums)
        return stride(from: 0, to: sums.count, by: output.rowLength).flatMap { first in
            let row = sums[first..<first + Self.outputCount]
            let best = row.max() ?? 0
            let whole = best + log(row.reduce(Float(0)) { $0 + exp($1 - best) })
            return row.map { $0 - whole }
        }
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
