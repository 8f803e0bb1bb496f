/// One speaker: a voice id of Amazon Polly, and how espeak-ng imitates it.
///
/// Ids and languages as in Polly's list of voices (docs.aws.amazon.com/polly/latest/dg/available-voices.html).
/// espeak-ng is no likeness of them: what agrees is the language, the accent where it has one, and man or woman.
package struct Voice: Hashable, Sendable {
    package enum Gender: String, Hashable, Sendable { case female, male }

    /// Polly's `VoiceId`, for example `Joanna`.
    package let id: String
    /// BCP 47, for example `en-US`.
    package let language: String
    package let gender: Gender

    /// espeak-ng's name for the accent, looked up in its list of voices.
    let espeakLanguage: String
    /// A variant of espeak-ng's, looked up in its list; without it the plain voice speaks.
    let espeakVariant: String
    /// espeak-ng's base pitch, 0 to 100; 50 is what the variant has.
    let espeakPitch: Int32

    package var spokenLanguage: SpokenLanguage { language.hasPrefix("ko") ? .ko : .en }
}

extension Voice {
    /// The voice with this Polly id, however its letters are cased.
    package static func named(_ id: String) throws(SpeechError) -> Voice {
        let wanted = id.lowercased()
        guard let voice = all.first(where: { $0.id.lowercased() == wanted }) else {
            throw .unknownVoice(id, known: all.map(\.id).sorted())
        }
        return voice
    }

    /// Who speaks a language when a job names nobody.
    package static func `default`(for language: SpokenLanguage) -> Voice {
        switch language {
        case .en: joanna
        case .ko: seoyeon
        }
    }
}
