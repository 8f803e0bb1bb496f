import Documents
import JSON
import Reports

extension AttributeValue {
    /// The value in a table's cell.
    var plainText: String {
        switch self {
        case .string(let text): text
        default: plainJSON.text
        }
    }
}

extension AttributeValue {
    /// Milliseconds as seconds with two decimals at most.
    var plainSeconds: String? { double.map { ($0 / 1000).plain(decimals: 2) } }
}
