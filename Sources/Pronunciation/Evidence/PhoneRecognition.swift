#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What the frame network says about one sound of the sentence; natural logarithms of probabilities.
package struct PhoneRecognition: Hashable, Sendable {
    /// Of the right sound, a frame: mean, least and most, none below −9.
    package let meanLog: Double
    package let leastLog: Double
    package let mostLog: Double
    /// How far the right sound is behind the likeliest in each frame, on average.
    package let meanLag: Double
    /// The mean probability of the right sound.
    package let probability: Double
    /// The share of the frames in which no sound is likelier.
    package let bestShare: Double
    /// How many sounds are likelier over all the frames.
    package let rank: Int
    /// How far the likeliest other sound is behind the right one over all the frames.
    package let margin: Double
    /// In nats, a frame.
    package let entropy: Double
    package let silenceLog: Double

    private static let floor: Float = -9

    init(of phone: Phone, in frames: Range<Int>, _ posteriors: FramePosteriors) {
        let rows = posteriors.rows(of: frames)
        let count = Double(rows.count)
        let (own, silence) = (phone.index, Phone.allCases.count)
        let logs = rows.map { Double(max(posteriors[$0, own], Self.floor)) }
        func mean(_ output: Int) -> Double {
            rows.reduce(0) { $0 + Double(max(posteriors[$1, output], Self.floor)) } / count
        }
        let likeliest = rows.map { row in
            (0..<silence).reduce(-Double.infinity) { max($0, Double(posteriors[row, $1])) }
        }
        let means = (0..<silence).map(mean)
        meanLog = means[own]
        (leastLog, mostLog) = (logs.min() ?? 0, logs.max() ?? 0)
        meanLag = zip(logs, likeliest).reduce(0) { $0 + $1.0 - $1.1 } / count
        probability = rows.reduce(0) { $0 + exp(Double(posteriors[$1, own])) } / count
        bestShare = Double(zip(rows, likeliest).count { Double(posteriors[$0, own]) >= $1 - 1e-6 }) / count
        rank = means.count { $0 > means[own] }
        margin = means[own] - (means.enumerated().filter { $0.offset != own }.map(\.element).max() ?? 0)
        entropy =
            rows.reduce(0) { sum, row in
                (0...silence).reduce(sum) { $0 - exp(Double(posteriors[row, $1])) * Double(posteriors[row, $1]) }
            } / count
        silenceLog = mean(silence)
    }
}
