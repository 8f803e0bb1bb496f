/// Labelled intervals that follow one another from 0 to a recording's end, with empty labels between them.
struct IntervalTier: Hashable {
    struct Interval: Hashable {
        let spanInMilliseconds: Range<Int>
        let label: String
    }

    let name: String
    let intervals: [Interval]

    /// Lays labels out without gaps or overlaps: Praat accepts neither, nor an interval without length.
    ///
    /// What begins before its predecessor ends begins there instead; what is then empty, or lies beyond the
    /// recording, is left out.
    ///
    /// - Parameters:
    ///   - labels: In the order of their starts.
    ///   - duration: Of the recording, in milliseconds, positive.
    init(name: String, labels: [Interval], durationInMilliseconds duration: Int) {
        precondition(duration > 0, "A tier has a length.")
        var intervals: [Interval] = []
        var end = 0
        func fill(to time: Int) {
            if time > end { intervals.append(Interval(spanInMilliseconds: end..<time, label: "")) }
        }
        for label in labels {
            let start = max(label.spanInMilliseconds.lowerBound, end)
            let stop = min(label.spanInMilliseconds.upperBound, duration)
            guard start < stop else { continue }
            fill(to: start)
            intervals.append(Interval(spanInMilliseconds: start..<stop, label: label.label))
            end = stop
        }
        fill(to: duration)
        (self.name, self.intervals) = (name, intervals)
    }
}
