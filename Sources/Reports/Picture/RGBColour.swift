/// A colour of a screen (sRGB).
package struct RGBColour: Hashable {
    let red: UInt8
    let green: UInt8
    let blue: UInt8

    package init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) { (self.red, self.green, self.blue) = (red, green, blue) }

    /// As in `#0072b2`.
    var hex: String {
        "#"
            + [red, green, blue].map { value in
                let digits = String(value, radix: 16)
                return digits.count < 2 ? "0" + digits : digits
            }.joined()
    }

    /// The colour so far on the way to another, 0...1.
    func mixed(with other: RGBColour, share: Double) -> RGBColour {
        func mix(_ from: UInt8, _ to: UInt8) -> UInt8 {
            UInt8((Double(from) + (Double(to) - Double(from)) * min(1, max(0, share))).rounded())
        }
        return RGBColour(mix(red, other.red), mix(green, other.green), mix(blue, other.blue))
    }
}
