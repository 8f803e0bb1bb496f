/// Why a number cannot be had.
package enum DocumentNumberError: Error, Hashable, CustomStringConvertible {
    case notANumber(String)
    /// More than 38 significant digits.
    case tooManyDigits
    /// 1E+126 or more.
    case tooLarge
    /// Nearer to zero than 1E-130.
    case tooSmall
    case divisionByZero

    package var description: String {
        switch self {
        case .notANumber(let text): "The parameter cannot be converted to a numeric value: \(text.prefix(64))"
        case .tooManyDigits: "Attempting to store more than 38 significant digits in a Number"
        case .tooLarge:
            "Number overflow. Attempting to store a number with magnitude larger than supported range"
        case .tooSmall:
            "Number underflow. Attempting to store a number with magnitude smaller than supported range"
        case .divisionByZero: "A number cannot be divided by zero"
        }
    }
}
