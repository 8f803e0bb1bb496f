/// The colour that a score has in pictures: from orange over pale yellow to blue.
///
/// Orange and blue are told apart with every common kind of colour blindness, and all are light enough for dark text.
///
/// Source: the hues of Okabe & Ito (2008), "Color universal design".
enum ScoreColour {
    private static let stops: [(score: Double, colour: RGBColour)] = [
        (0, RGBColour(0xE4, 0x62, 0x28)), (50, RGBColour(0xF4, 0x9F, 0x5C)), (68, RGBColour(0xFB, 0xDD, 0x94)),
        (78, RGBColour(0xF3, 0xEA, 0xC6)), (84, RGBColour(0xCB, 0xE3, 0xF0)), (100, RGBColour(0x62, 0xAE, 0xDE)),
    ]

    /// - Parameter score: 0...100; beyond them the same as at them.
    static func fill(_ score: Double) -> RGBColour {
        for (low, high) in zip(stops, stops.dropFirst()) where score < high.score {
            return low.colour.mixed(with: high.colour, share: (score - low.score) / (high.score - low.score))
        }
        return stops[stops.count - 1].colour
    }

    /// For text on white: dark from 80, ochre from 60, vermilion below.
    static func ink(_ score: Double) -> RGBColour {
        score >= 80 ? PlotColours.ink : score >= 60 ? RGBColour(0x85, 0x5C, 0x00) : RGBColour(0xB4, 0x38, 0x0C)
    }
}

/// The colours of everything that is not a score.
package enum PlotColours {
    package static let ink = RGBColour(0x1C, 0x20, 0x26)
    package static let quiet = RGBColour(0x5F, 0x67, 0x72)
    package static let line = RGBColour(0xD5, 0xDA, 0xE0)
    package static let wave = RGBColour(0x44, 0x5B, 0x74)
    package static let pitch = RGBColour(0xC2, 0x18, 0x6B)
    package static let white = RGBColour(0xFF, 0xFF, 0xFF)
}
