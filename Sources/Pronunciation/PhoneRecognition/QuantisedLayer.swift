internal import CInnerLoops
internal import Foundation
internal import JSON

/// A layer whose weights are kept in the file as bytes with a scale for each output.
struct QuantisedLayer: Sendable {
    /// The outputs, filled up to whole vectors: how many values a row of outputs has.
    let rowLength: Int
    /// By input: ``rowLength`` values.
    private let weights: [Float]
    private let bias: [Float]

    /// - Parameter json: `{"w": bytes in base 64, by input, then output; "scale" and "b": a number for each output}`.
    init(_ json: JSONValue?, inputCount: Int, outputCount: Int) throws(ScoringWeightsError) {
        guard let bytes = json?["w"]?.string.flatMap({ Data(base64Encoded: $0) }), let scale = json?["scale"]?.floats,
            let bias = json?["b"]?.floats, bytes.count == inputCount * outputCount, scale.count == outputCount,
            bias.count == outputCount
        else {
            throw .invalid("a layer of the frame network is not one of \(inputCount) inputs and \(outputCount) outputs")
        }
        let rowLength = Self.wholeVectors(outputCount)
        var weights = [Float](repeating: 0, count: inputCount * rowLength)
        for input in 0..<inputCount {
            for output in 0..<outputCount {
                let byte = Int8(bitPattern: bytes[bytes.startIndex + input * outputCount + output])
                weights[input * rowLength + output] = Float(byte) * scale[output]
            }
        }
        (self.rowLength, self.weights) = (rowLength, weights)
        self.bias = bias + [Float](repeating: 0, count: rowLength - outputCount)
    }

    /// All weights are 0.
    init(inputCount: Int, outputCount: Int) {
        rowLength = Self.wholeVectors(outputCount)
        weights = [Float](repeating: 0, count: inputCount * rowLength)
        bias = [Float](repeating: 0, count: rowLength)
    }

    private static func wholeVectors(_ count: Int) -> Int {
        let lanes = Int(layer_lanes)
        return (count + lanes - 1) / lanes * lanes
    }

    /// Rows of ``rowLength`` outputs before any input is added: the biases.
    func outputs(rowCount: Int) -> [Float] { (0..<rowCount).flatMap { _ in bias } }

    /// Adds one tap of a convolution: to row `r` of the outputs what row `step · r + offset` of the inputs contributes,
    /// where there is one.
    ///
    /// - Parameters:
    ///   - inputs: Rows of `length` values, of which the first `count` are inputs.
    ///   - firstInput: Which of the layer's inputs the first of a row is.
    func add(
        _ inputs: [Float], length: Int, count: Int, step: Int = 1, offset: Int = 0, firstInput: Int = 0,
        to outputs: inout [Float]
    ) {
        precondition(
            count <= length && (firstInput + count) * rowLength <= weights.count, "The layer has as many inputs.")
        let inputRows = inputs.count / length
        let first = max(0, (step - 1 - offset) / step)
        let last = min(outputs.count / rowLength, (inputRows - offset + step - 1) / step)
        guard first < last else { return }
        inputs.withUnsafeBufferPointer { inputs in
            weights.withUnsafeBufferPointer { weights in
                outputs.withUnsafeMutableBufferPointer { outputs in
                    guard let inputs = inputs.baseAddress, let weights = weights.baseAddress,
                        let outputs = outputs.baseAddress
                    else { return }
                    layer_sums(
                        inputs + (step * first + offset) * length, Int32(last - first), Int32(step * length),
                        Int32(count), weights + firstInput * rowLength, Int32(rowLength), outputs + first * rowLength)
                }
            }
        }
    }
}
