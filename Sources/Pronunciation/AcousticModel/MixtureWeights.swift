#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// How much each Gaussian of its codebook counts in a senone: the file `sendump` of a CMU Sphinx model.
struct MixtureWeights: Sendable {
    private let senoneCount: Int
    /// By stream, Gaussian and senone.
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
        (bytes, self.senoneCount) = (Array(try file.take(count)), senoneCount)
    }

    /// By senone, stream and Gaussian.
    func weights(of senones: [Int]) -> [GaussianCodebooks.Lanes] { senones.flatMap(weights) }

    private func weights(of senone: Int) -> [GaussianCodebooks.Lanes] {
        stride(from: 0, to: GaussianCodebooks.stride, by: GaussianCodebooks.laneCount).map { first in
            var lanes = GaussianCodebooks.Lanes.zero
            for lane in lanes.indices {
                lanes[lane] = Self.weightOfByte[Int(bytes[(first + lane) * senoneCount + senone])]
            }
            return lanes
        }
    }

    /// A byte is a negative logarithm to base 1.0001, divided by 1,024.
    private static let weightOfByte: [Float] = (0..<256).map { Float(exp(-Double($0) * 1024 * log(1.0001))) }
}
