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
            guard let phoneme = Phoneme(Self.name(of: event)[...].utf8) else { return nil }
            kind = .phoneme(phoneme)
        default: return nil
        }
    }

    init(timeInMilliseconds: Int, kind: Kind) {
        self.timeInMilliseconds = timeInMilliseconds
        self.kind = kind
    }

    /// The name fills its eight bytes or ends at a zero.
    private static func name(of event: espeak_EVENT) -> String {
        withUnsafeBytes(of: event.id.string) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}
