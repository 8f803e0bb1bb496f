#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// How long each sound usually lasts, so that long and short can be told from long and short sounds.
package struct DurationNorms: Hashable, Sendable {
    /// Of the natural logarithm of a sound's frames, in the order of `Phone.allCases`.
    package let means: [Double]
    package let deviations: [Double]

    package init(means: [Double], deviations: [Double]) {
        precondition(means.count == Phone.allCases.count && deviations.count == means.count, "Each sound has its norm.")
        (self.means, self.deviations) = (means, deviations)
    }

    /// The norms of many readings; a sound with at most 20 examples has that of all.
    package init(of readings: [Evidence]) {
        var logs = [[Double]](repeating: [], count: Phone.allCases.count)
        for phone in readings.lazy.flatMap(\.phones) { logs[phone.phone.index].append(log(Double(phone.frameCount))) }
        let all = logs.flatMap(\.self)
        let samples = logs.map { Sample($0.count > 20 ? $0 : all) }
        self.init(means: samples.map(\.mean), deviations: samples.map(\.deviation))
    }

    /// By how many standard deviations a sound is longer than usual.
    func deviation(of phone: PhoneEvidence) -> Double {
        (log(Double(phone.frameCount)) - means[phone.phone.index]) / deviations[phone.phone.index]
    }
}
