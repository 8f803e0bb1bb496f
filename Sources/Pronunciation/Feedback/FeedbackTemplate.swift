/// The sentences that feedback is made of, several for each occasion.
enum FeedbackTemplate: CaseIterable {
    case allRight, allRightBut, nothingSpoken, mostlyMissed, missed, replaced, added, repeated, hesitated
    case tooSlow, tooFast, longPauses
    case weakSound, extraSpeech

    /// One variant of at most `limit` sentences, or of any length if none is so short.
    func variant(_ seed: Int, preferringAtMost limit: Int) -> Feedback {
        let short = variants.filter { $0.sentenceCount <= limit }
        let all = short.isEmpty ? variants : short
        return all[seed % all.count]
    }

    var variants: [Feedback] {
        pairs.map { Feedback(korean: $0.0, english: $0.1) }
    }

    private var pairs: [(String, String)] {
        switch self {
        case .allRight: Self.praiseTexts
        case .allRightBut: Self.praiseButTexts
        case .nothingSpoken: Self.nothingSpokenTexts
        case .mostlyMissed: Self.mostlyMissedTexts
        case .missed: Self.missedTexts
        case .replaced: Self.replacedTexts
        case .added: Self.addedTexts
        case .repeated: Self.repeatedTexts
        case .hesitated: Self.hesitatedTexts
        case .tooSlow: Self.tooSlowTexts
        case .tooFast: Self.tooFastTexts
        case .longPauses: Self.longPausesTexts
        case .weakSound: Self.weakSoundTexts
        case .extraSpeech: Self.extraSpeechTexts
        }
    }
}

extension FeedbackTemplate {
    private static let praiseTexts = [
        ("모든 단어를 또렷하게 읽었어요. 다음 문장으로 넘어가세요.", "You read every word clearly. Go on to the next sentence."),
        ("빠진 단어 없이 정확하게 읽었어요. 이번에는 보지 않고 말해 보세요.", "No word was missing. Now try it without looking."),
        ("아주 잘 읽었어요. 같은 문장을 조금 더 감정을 담아 말해 보세요.", "Very well read. Say it once more with more expression."),
    ]

    private static let praiseButTexts = [
        ("모든 단어를 정확하게 읽었어요.", "You read every word correctly."),
        ("단어는 모두 맞았어요.", "All the words were right."),
        ("빠지거나 틀린 단어가 없어요.", "No word was missing or wrong."),
    ]

    private static let nothingSpokenTexts = [
        (
            "문장의 단어가 들리지 않았어요. 마이크를 확인하고 문장을 보며 다시 읽어 보세요.",
            "None of the sentence's words could be heard. Check the microphone and read the sentence again."
        ),
        (
            "다른 말을 한 것 같아요. 화면의 문장을 그대로 소리 내어 읽어 보세요.",
            "That sounded like something else. Read aloud exactly what is on the screen."
        ),
    ]

    private static let mostlyMissedTexts = [
        (
            "많은 단어가 빠졌어요. 모범 음성을 한 번 더 듣고 천천히 끝까지 읽어 보세요.",
            "Many words were left out. Listen to the model once more and read slowly to the end."
        ),
        (
            "문장의 절반 이상이 빠졌어요. 짧게 나누어 한 부분씩 읽어 보세요.",
            "More than half of the sentence was left out. Read it in short parts, one at a time."
        ),
    ]

    private static let missedTexts = [
        (
            "{words:을} 빠뜨렸어요. 그 부분에 주의해서 다시 읽어 보세요.",
            "You left out {words}. Read it again and mind that part."
        ),
        (
            "{words:이} 들리지 않았어요. 조금 더 또렷하게 말해 보세요.",
            "We could not hear {words}. Speak a little more clearly there."
        ),
        (
            "{words:을} 넣어서 문장 전체를 한 번 더 읽어 보세요.",
            "Read the whole sentence once more with {words}."
        ),
        ("이번에는 {words:을} 빠뜨리지 말고 읽어 보세요.", "This time read it without leaving out {words}."),
    ]

    private static let replacedTexts = [
        (
            "{word:이} {heard:으로} 들렸어요. 모범 음성을 듣고 그 단어만 세 번 따라 해 보세요.",
            "{word} sounded like {heard}. Listen to the model and repeat just that word three times."
        ),
        (
            "{word:은} {heard:과} 달라요. 두 단어를 번갈아 말하며 차이를 느껴 보세요.",
            "{word} is not {heard}. Say the two in turn and feel the difference."
        ),
        (
            "{word:을} {heard:으로} 말했어요. 모음과 끝소리에 주의해 보세요.",
            "You said {heard} for {word}. Mind the vowel and the ending."
        ),
    ]

    private static let addedTexts = [
        (
            "{words:은} 문장에 없는 말이에요. 쓰인 대로만 읽어 보세요.",
            "The sentence does not have {words}. Read just what is written."
        ),
        ("문장에 없는 {words:을} 덧붙였어요. 문장에 있는 말만 해 보세요.", "You added {words}. Say only what the sentence says."),
    ]

    private static let repeatedTexts = [
        (
            "{words:을} 되풀이했어요. 숨을 고르고 한 번에 이어서 읽어 보세요.",
            "You repeated {words}. Take a breath and read it in one go."
        ),
        (
            "{words:을} 두 번 말했어요. 멈추더라도 다음 단어부터 이어 가세요.",
            "You said {words} twice. If you stop, go on with the next word."
        ),
    ]

    private static let hesitatedTexts = [
        ("“음”, “어” 대신 잠깐 쉬어 보세요.", "Pause silently instead of saying “um” or “uh”."),
        ("말을 고를 때는 소리 없이 쉬는 편이 더 자연스러워요.", "A silent pause sounds more natural than “um”."),
    ]

    private static let tooSlowTexts = [
        ("조금 더 빠르게, 단어를 이어서 말해 보세요.", "Speak a little faster and link the words."),
        ("모범 음성과 동시에 읽으며 속도를 맞춰 보세요.", "Read along with the model to match its pace."),
    ]

    private static let tooFastTexts = [
        ("조금 더 천천히, 강세가 있는 단어를 길게 말해 보세요.", "Slow down a little and give the stressed words time."),
        ("너무 빨라요. 쉼표와 마침표에서 쉬어 가세요.", "That was too fast. Rest at commas and full stops."),
        ("쉼표와 마침표에서 쉬면서 조금 더 천천히 읽어 보세요.", "Read a little slower and rest at commas and full stops."),
    ]

    private static let longPausesTexts = [
        ("단어 사이가 길게 끊겼어요. 두세 단어씩 묶어서 읽어 보세요.", "The pauses were long. Read two or three words together."),
        ("문장을 눈으로 먼저 읽고, 멈추지 말고 말해 보세요.", "Read it silently first, then say it without stopping."),
        ("두세 단어씩 묶어서 쉬지 않고 이어 읽어 보세요.", "Group two or three words and read them without a pause."),
    ]

    private static let weakSoundTexts = [
        ("{word}의 {sound} 소리는 {how}.", "For the {sound} sound in {word}, {how}."),
        ("{word:을} 말할 때 {sound} 소리는 {how}.", "When you say the {sound} sound in {word}, {how}."),
        ("{word}에서 {sound} 소리를 낼 때는 {how}.", "To make the {sound} sound in {word} clearer, {how}."),
    ]

    private static let extraSpeechTexts = [
        ("문장에 없는 말은 빼고 쓰인 대로만 읽어 보세요.", "Read just what is written, with nothing added."),
        ("덧붙이는 말 없이 한 번에 이어서 읽어 보세요.", "Read it in one go, with no words added."),
    ]
}

extension Feedback {
    /// Sentences in the longer of the two languages: full stops and question marks before a space or the end.
    var sentenceCount: Int { max(Self.sentenceCount(korean), Self.sentenceCount(english)) }

    private static func sentenceCount(_ text: String) -> Int {
        zip(text, text.dropFirst() + " ").count { ".?!".contains($0) && $1 == " " }
    }
}
