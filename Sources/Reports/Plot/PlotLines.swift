import Pronunciation

/// Cuts a recording into lines of the plot, as music is cut into systems: between words, about equally long.
enum PlotLines {
    /// - Parameter duration: Of the recording, in seconds, positive.
    /// - Returns: Ranges in seconds that follow one another from 0 to `duration`.
    static func ranges(_ assessment: Assessment, durationInSeconds duration: Double) -> [Range<Double>] {
        let count = Int((duration / PlotLayout.longestLineInSeconds).rounded(.up))
        let gaps = self.gaps(assessment)
        var starts = [0.0]
        for line in 0..<count where line > 0 {
            let wanted = duration * Double(line) / Double(count)
            let nearest = gaps.min { abs($0 - wanted) < abs($1 - wanted) }
            let slack = duration / Double(count) / 3
            let cut = nearest.flatMap { abs($0 - wanted) <= slack ? $0 : nil } ?? wanted
            starts.append(cut)
        }
        return zip(starts, starts.dropFirst() + [duration]).map { $0..<$1 }
    }

    /// The middles between one spoken word and the next, in seconds.
    private static func gaps(_ assessment: Assessment) -> [Double] {
        let spans =
            assessment.words.filter(\.isSpoken).map(\.spanInMilliseconds)
            + assessment.extraWords.map(\.spanInMilliseconds)
        let ordered = spans.sorted { $0.lowerBound < $1.lowerBound }
        return zip(ordered, ordered.dropFirst()).map { Double($0.upperBound + $1.lowerBound) / 2000 }
    }
}
