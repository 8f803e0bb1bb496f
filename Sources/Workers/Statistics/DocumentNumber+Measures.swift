import Documents

extension DocumentNumber {
    /// A measured figure, rounded to what its measurement is good for.
    ///
    /// - Precondition: `value` is finite; measurements are checked where they are made.
    init(measured value: Double, decimals: Int) {
        do { try self.init(rounding: value, decimals: decimals) } catch {
            preconditionFailure("\(value) is not a measured figure: \(error)")
        }
    }
}

extension AttributeValue {
    static func number(_ value: Double, decimals: Int) -> AttributeValue {
        .number(DocumentNumber(measured: value, decimals: decimals))
    }
}
