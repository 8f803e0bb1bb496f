internal import CEspeakNG

/// What voices are installed, by asking espeak-ng: its files are named differently from one version to the next.
struct EspeakVoices: Sendable {
    /// The identifier (`gmw/en-US`) of the best voice of each language (`en-us`).
    private var languages: [String: String] = [:]
    /// Identifiers of variants, for example `!v/shelby`.
    private var variants: Set<String> = []

    /// Reads the list.
    ///
    /// espeak-ng must be initialised.
    init() {
        var priorities: [String: UInt8] = [:]
        Self.forEach(in: espeak_ListVoices(nil)) { voice, identifier in
            // MBROLA's voices are listed, but need data that may not be there.
            guard !identifier.hasPrefix("mb/") else { return }
            for (language, priority) in Self.languages(of: voice) where priority < priorities[language] ?? .max {
                priorities[language] = priority
                languages[language] = identifier
            }
        }
        variants = Self.installedVariants()
    }

    /// The name by which espeak-ng loads what comes nearest to a voice; without the variant when that is missing.
    func name(for voice: Voice) throws(SpeechError) -> String {
        guard let language = languages[voice.espeakLanguage] else {
            throw .unavailable(reason: "espeak-ng has no voice for \(voice.espeakLanguage); install espeak-ng-data")
        }
        return variants.contains("!v/" + voice.espeakVariant) ? language + "+" + voice.espeakVariant : language
    }

    private static func installedVariants() -> Set<String> {
        var found: Set<String> = []
        "variant".withCString { language in
            var wanted = espeak_VOICE()
            wanted.languages = language
            forEach(in: espeak_ListVoices(&wanted)) { _, identifier in found.insert(identifier) }
        }
        return found
    }

    private static func forEach(
        in list: UnsafeMutablePointer<UnsafePointer<espeak_VOICE>?>?, _ body: (espeak_VOICE, String) -> Void
    ) {
        var next = list
        while let voice = next?.pointee?.pointee {
            if let identifier = voice.identifier { body(voice, String(cString: identifier)) }
            next = next?.advanced(by: 1)
        }
    }

    /// A voice lists its languages as a byte of priority and a name each, ended by a zero where the priority would be.
    private static func languages(of voice: espeak_VOICE) -> [(language: String, priority: UInt8)] {
        var result: [(language: String, priority: UInt8)] = []
        guard var next = voice.languages else { return [] }
        while next.pointee != 0 {
            let language = String(cString: next + 1)
            result.append((language, UInt8(bitPattern: next.pointee)))
            next += 1 + language.utf8.count + 1
        }
        return result
    }
}
