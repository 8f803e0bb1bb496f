package import Pronunciation

/// An assessment as a TextGrid, which Praat opens beside the recording: tiers "words" and "phones".
///
/// Source: the Praat manual, "TextGrid file formats", long format, UTF-8.
package struct PraatTextGrid {
    private let tiers: [IntervalTier]
    private let durationInMilliseconds: Int

    /// - Parameter durationInMilliseconds: Of the recording, positive: both tiers cover it.
    package init(_ assessment: Assessment, durationInMilliseconds: Int) {
        self.durationInMilliseconds = durationInMilliseconds
        let spoken = assessment.words.filter(\.isSpoken)
        let words = spoken.map { IntervalTier.Interval(spanInMilliseconds: $0.spanInMilliseconds, label: $0.text) }
        let phones = spoken.flatMap(\.phones).map {
            IntervalTier.Interval(spanInMilliseconds: $0.spanInMilliseconds, label: $0.phone.rawValue)
        }
        tiers = [("words", words), ("phones", phones)].map {
            IntervalTier(name: $0.0, labels: $0.1, durationInMilliseconds: durationInMilliseconds)
        }
    }

    package var text: String {
        let head = [
            "File type = \"ooTextFile\"", "Object class = \"TextGrid\"", "",
            "xmin = 0 ", "xmax = \(seconds(durationInMilliseconds)) ",
            "tiers? <exists> ", "size = \(tiers.count) ", "item []: ",
        ]
        let items = tiers.enumerated().flatMap { lines(of: $1, number: $0 + 1) }
        return (head + items).joined(separator: "\n") + "\n"
    }

    private func lines(of tier: IntervalTier, number: Int) -> [String] {
        let head = [
            "    item [\(number)]:", "        class = \"IntervalTier\" ", "        name = \(Self.quoted(tier.name)) ",
            "        xmin = 0 ", "        xmax = \(seconds(durationInMilliseconds)) ",
            "        intervals: size = \(tier.intervals.count) ",
        ]
        return head
            + tier.intervals.enumerated().flatMap { index, interval in
                [
                    "        intervals [\(index + 1)]:",
                    "            xmin = \(seconds(interval.spanInMilliseconds.lowerBound)) ",
                    "            xmax = \(seconds(interval.spanInMilliseconds.upperBound)) ",
                    "            text = \(Self.quoted(interval.label)) ",
                ]
            }
    }

    private func seconds(_ milliseconds: Int) -> String { (Double(milliseconds) / 1000).plain(decimals: 3) }

    /// Quotes are doubled; control characters, which would break lines, become spaces.
    private static func quoted(_ label: String) -> String {
        "\"" + TextStyle.safe(label).replacing("\"", with: "\"\"") + "\""
    }
}
