internal import CEspeakNG

/// What espeak-ng reports while it speaks, as far as it is used here.
struct EspeakEvent: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        /// A word begins; `position` is where in the text.
        case word(position: Int)
        case phoneme(Phoneme)
    }

    var timeInMilliseconds: Int
    var kind: Kind

    /// `nil` for events of no use here.
    init?(_ event: espeak_EVENT) {
        timeInMilliseconds = Int(event.audio_position)
        switch event.type {
        case espeakEVENT_WORD: kind = .word(position: Int(event.text_position) - 1)
        case espeakEVENT_PHONEME:
            guard let phoneme = Self.phoneme(of: event) else { return nil }
            kind = .phoneme(phoneme)
        default: return nil
        }
    }

    init(timeInMilliseconds: Int, kind: Kind) {
        self.timeInMilliseconds = timeInMilliseconds
        self.kind = kind
    }

    /// Its name fills eight bytes or ends at a zero.
    private static func phoneme(of event: espeak_EVENT) -> Phoneme? {
        withUnsafeBytes(of: event.id.string) { Phoneme($0.prefix { $0 != 0 }) }
    }
}
