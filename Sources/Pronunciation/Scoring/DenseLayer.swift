internal import JSON

/// A weighted sum of inputs for each output.
struct DenseLayer: Sendable {
    let inputCount: Int
    let outputCount: Int
    /// By input, then output.
    private let weights: [Float]
    private let bias: [Float]

    /// - Parameter json: `{"w": rows of outputs, one for each input; "b": the outputs' biases}`.
    init(_ json: JSONValue?, inputCount: Int, outputCount: Int, name: String) throws(ScoringWeightsError) {
        guard let weights = json?["w"]?.floats, let bias = json?["b"]?.floats,
            weights.count == inputCount * outputCount, bias.count == outputCount
        else { throw .invalid("the layer \(name) is not one of \(inputCount) inputs and \(outputCount) outputs") }
        (self.inputCount, self.outputCount, self.weights, self.bias) = (inputCount, outputCount, weights, bias)
    }

    func callAsFunction(_ inputs: some Collection<Float>) -> [Float] {
        precondition(inputs.count == inputCount, "A layer takes as many inputs as it has.")
        var outputs = bias
        outputs.withUnsafeMutableBufferPointer { outputs in
            weights.withUnsafeBufferPointer { weights in
                var row = 0
                for input in inputs {
                    for output in 0..<outputCount { outputs[output] += input * weights[row + output] }
                    row += outputCount
                }
            }
        }
        return outputs
    }
}

extension [Float] {
    func rectified() -> [Float] { map { Swift.max(0, $0) } }
}

extension JSONValue {
    /// The numbers of an array, or of an array of arrays, in order.
    var floats: [Float]? {
        guard let values = array else { return nil }
        if values.first?.array != nil {
            let rows = values.compactMap(\.floats)
            return rows.count == values.count ? rows.flatMap(\.self) : nil
        }
        let numbers = values.compactMap { $0.numberText.flatMap { Float($0) } }
        return numbers.count == values.count && numbers.allSatisfy(\.isFinite) ? numbers : nil
    }
}
