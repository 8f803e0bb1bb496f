internal import CInnerLoops
internal import Foundation
internal import JSON

/// A layer whose weights are kept in the file as bytes with a scale for each output.
struct QuantisedLayer: Sendable {
    private typealias Lanes = SIMD16<Float>
    private static let laneCount = Int(layer_lanes)

    private let outputCount: Int
    private let vectorCount: Int
    /// By input, then sixteen outputs a vector, filled up with zeros.
    private let weights: [Lanes]
    private let bias: [Float]

    /// - Parameter json: `{"w": bytes in base 64, by input, then output; "scale" and "b": a number for each output}`.
    init(_ json: JSONValue?, inputCount: Int, outputCount: Int) throws(ScoringWeightsError) {
        guard let bytes = json?["w"]?.string.flatMap({ Data(base64Encoded: $0) }), let scale = json?["scale"]?.floats,
            let bias = json?["b"]?.floats, bytes.count == inputCount * outputCount, scale.count == outputCount,
            bias.count == outputCount
        else {
            throw .invalid("a layer of the frame network is not one of \(inputCount) inputs and \(outputCount) outputs")
        }
        let vectors = (outputCount + Self.laneCount - 1) / Self.laneCount
        var weights = [Lanes](repeating: .zero, count: inputCount * vectors)
        for input in 0..<inputCount {
            for output in 0..<outputCount {
                let byte = Int8(bitPattern: bytes[bytes.startIndex + input * outputCount + output])
                weights[input * vectors + output / Self.laneCount][output % Self.laneCount] =
                    Float(byte) * scale[output]
            }
        }
        (self.outputCount, vectorCount, self.weights, self.bias) = (outputCount, vectors, weights, bias)
    }

    /// All weights are 0.
    init(inputCount: Int, outputCount: Int) {
        self.outputCount = outputCount
        vectorCount = (outputCount + Self.laneCount - 1) / Self.laneCount
        weights = [Lanes](repeating: .zero, count: inputCount * vectorCount)
        bias = [Float](repeating: 0, count: outputCount)
    }

    /// Adds what some of the inputs contribute.
    ///
    /// - Parameter firstInput: Which of the layer's inputs the first of the values is.
    func add(
        _ values: [Float], from start: Int, count: Int, firstInput: Int, to outputs: inout [Float], at place: Int
    ) {
        withUnsafeTemporaryAllocation(of: Lanes.self, capacity: vectorCount) { sums in
            sums.initialize(repeating: .zero)
            weights[(firstInput * vectorCount)..<(firstInput + count) * vectorCount].withUnsafeBytes { weights in
                values[start..<start + count].withUnsafeBufferPointer { values in
                    layer_sums(
                        values.baseAddress, Int32(count), weights.assumingMemoryBound(to: Float.self).baseAddress,
                        Int32(vectorCount),
                        UnsafeMutableRawBufferPointer(sums).assumingMemoryBound(to: Float.self).baseAddress)
                }
            }
            for output in 0..<outputCount {
                outputs[place + output] += sums[output / Self.laneCount][output % Self.laneCount]
            }
        }
    }

    /// Adds the biases once all inputs are in.
    func finish(_ outputs: inout [Float], at place: Int, rectifies: Bool = true) {
        for output in 0..<outputCount {
            let value = outputs[place + output] + bias[output]
            outputs[place + output] = rectifies ? max(0, value) : value
        }
    }
}
