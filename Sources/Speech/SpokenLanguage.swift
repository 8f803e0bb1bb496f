/// The two languages of the school, by their ISO 639-1 codes.
package enum SpokenLanguage: String, Hashable, Sendable, CaseIterable {
    case en, ko

    /// The name people know the language by.
    package var name: String {
        switch self {
        case .en: "English"
        case .ko: "Korean"
        }
    }
}
