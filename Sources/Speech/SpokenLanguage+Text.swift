extension SpokenLanguage {
    /// The language of a text: Korean as soon as it has a Hangul letter, else English.
    package init(of text: String) {
        self = text.unicodeScalars.contains { WritingSystem(of: $0) == .hangul } ? .ko : .en
    }
}
