import Foundation

/// The jobs of a school's days, as a rate over the seconds of a week.
///
/// Four fifths follow the day: next to nothing before seven, most between four and ten in the evening. One fifth comes when
/// lessons end, at each full hour from 16:00 to 22:00, within two minutes.
struct School {
    /// Sentences and recordings of a day, both.
    let jobsPerDay: Double

    /// Of each hour, beside the mean of the day.
    private static let shape: [Double] = [
        0.1, 0.05, 0.05, 0.05, 0.05, 0.1, 0.3, 0.6, 0.8, 0.7, 0.6, 0.7, 0.8, 0.9, 1, 1.3, 1.8, 2.2, 2.4, 2.6, 2.6, 2.3,
        1.3, 0.4,
    ]
    private static let lessonEnds = 16...22
    private static let lessonShare = 0.2
    private static let lessonSeconds = 120

    /// The busiest second's rate.
    var peakRate: Double { (0..<86_400).reduce(0) { max($0, rate(at: $1)) } }

    /// What must be done in a second to have the jobs of a lesson's end done at most `seconds` after they came.
    func lessonRate(within seconds: Double) -> Double {
        let daily = (Self.lessonEnds.map { rate(at: $0 * 3600 + Self.lessonSeconds) }).max() ?? 0
        let lesson = jobsPerDay * Self.lessonShare / Double(Self.lessonEnds.count)
        return daily + lesson / (Double(Self.lessonSeconds) + seconds)
    }

    /// Whether lessons end about now: from five minutes before the first to five after the last.
    static func lessonsEnd(at second: Int) -> Bool {
        let minute = second % 86_400 / 60
        return (lessonEnds.lowerBound * 60 - 5...lessonEnds.upperBound * 60 + 5).contains(minute)
    }

    /// Jobs a second, expected.
    func rate(at second: Int) -> Double {
        let second = second % 86_400
        let hour = second / 3600
        let daily = jobsPerDay * (1 - Self.lessonShare) / 86_400
        var rate = daily * Self.shape[hour] * 24 / Self.shape.reduce(0, +)
        if Self.lessonEnds.contains(hour), second % 3600 < Self.lessonSeconds {
            rate += jobsPerDay * Self.lessonShare / Double(Self.lessonEnds.count * Self.lessonSeconds)
        }
        return rate
    }
}
