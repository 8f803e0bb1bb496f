#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// How much each Gaussian of its codebook counts in a senone: the file `sendump` of a CMU Sphinx model.
struct MixtureWeights: Sendable {
    /// By senone, stream and Gaussian.
    private let bytes: [UInt8]

    init(_ file: ModelFile, senoneCount: Int) throws(AcousticModelError) {
        var file = file
        while true {
            let length = try file.int32()
            guard length != 0 else { break }
            _ = try file.take(length)
        }
        guard try file.int32() == GaussianCodebooks.densityCount, try file.int32() == senoneCount else {
            throw file.damaged("it does not fit the model's senones")
        }
        let count = GaussianCodebooks.streamCount * GaussianCodebooks.densityCount * senoneCount
        // The file has them by stream, Gaussian and senone.
        let byGaussian = Array(try file.take(count))
        bytes = (0..<senoneCount).flatMap { senone in
            stride(from: senone, to: count, by: senoneCount).map { byGaussian[$0] }
        }
    }

    /// By senone, stream and Gaussian.
    func weights(of senones: [Int]) -> [Float] {
        let weightOfByte = Self.weightOfByte
        return senones.flatMap { senone in
            bytes[senone * GaussianCodebooks.stride..<(senone + 1) * GaussianCodebooks.stride].map {
                weightOfByte[Int($0)]
            }
        }
    }

    /// A byte is a negative logarithm to base 1.0001, divided by 1,024.
    private static let weightOfByte: [Float] = (0..<256).map { Float(exp(-Double($0) * 1024 * log(1.0001))) }
}
