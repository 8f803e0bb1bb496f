import Foundation

@testable import Reports

/// How colours look to people.
enum Vision {
    /// WCAG 2.2's contrast ratio, 1...21.
    static func contrast(_ first: RGBColour, _ second: RGBColour) -> Double {
        let (low, high) = (min(luminance(first), luminance(second)), max(luminance(first), luminance(second)))
        return (high + 0.05) / (low + 0.05)
    }

    private static func luminance(_ colour: RGBColour) -> Double {
        let linear = linear(colour)
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    /// The smaller of the distances that two colours have for people without red and without green cones.
    ///
    /// Source: Viénot, Brettel & Mollon (1999), "Digital video colourmaps for checking the legibility of displays by
    /// dichromats": both see red and green as one value, made from both, beside blue.
    static func distance(_ first: RGBColour, _ second: RGBColour) -> Double {
        let shares = [[0.11238, 0.88762], [0.29275, 0.70725]]
        return shares.map { share in
            let seen = [first, second].map { colour in
                let linear = linear(colour)
                return [share[0] * linear[0] + share[1] * linear[1], linear[2]].map { pow($0, 1 / 2.2) * 255 }
            }
            return hypot(seen[0][0] - seen[1][0], seen[0][1] - seen[1][1])
        }.min() ?? 0
    }

    private static func linear(_ colour: RGBColour) -> [Double] {
        [colour.red, colour.green, colour.blue].map { value in
            let share = Double(value) / 255
            return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
    }
}
