/// Why a sentence's pronunciation cannot be scored.
///
/// None of these goes away by trying again.
package enum PronunciationError: Error, Hashable, Sendable {
    /// The sentence has no word.
    case noWords
    case tooManyWords(count: Int, limit: Int)
    /// The sentence is not English, which is what the acoustic model knows.
    case notEnglish
    /// A word of the sentence that cannot be read aloud in English.
    case unreadableWord(String)
    /// The recording is shorter than anybody needs for the sentence.
    case tooShortForSentence
    /// The recording is plainly something else.
    case anotherSentence

    /// Whether the sentence is what cannot be judged by its sound, however it is read.
    package var isAboutSentence: Bool {
        switch self {
        case .notEnglish, .unreadableWord, .tooManyWords: true
        case .noWords, .tooShortForSentence, .anotherSentence: false
        }
    }

    /// A fixed word per case, safe as a metric label.
    package var label: String {
        switch self {
        case .noWords: "no_words"
        case .tooManyWords: "too_many_words"
        case .notEnglish: "not_english"
        case .unreadableWord: "unreadable_word"
        case .tooShortForSentence: "too_short_for_sentence"
        case .anotherSentence: "another_sentence"
        }
    }
}

extension PronunciationError: CustomStringConvertible {
    /// What is wrong and what to do about it, in both of the school's languages.
    package var description: String { "\(inKorean) \(inEnglish)" }

    package var inEnglish: String {
        switch self {
        case .noWords: "The sentence has no word to read."
        case .tooManyWords(let count, let limit):
            "The sentence has \(count) words; at most \(limit) can be scored at a time."
        case .notEnglish: "Only English sentences can be scored by their sound."
        case .unreadableWord(let word): "Nobody knows how to read “\(word)” in English."
        case .tooShortForSentence: "The recording is too short for this sentence: please read all of it."
        case .anotherSentence:
            "This does not sound like the sentence: please read the sentence that is shown, in a quiet place."
        }
    }

    package var inKorean: String {
        switch self {
        case .noWords: "읽을 단어가 없는 문장이에요."
        case .tooManyWords(let count, let limit): "문장이 \(count)단어예요. 한 번에 \(limit)단어까지 채점할 수 있어요."
        case .notEnglish: "소리로는 영어 문장만 채점할 수 있어요."
        case .unreadableWord(let word): "“\(word)”는 영어로 읽는 법을 알 수 없어요."
        case .tooShortForSentence: "문장에 비해 녹음이 너무 짧아요. 끝까지 읽어 주세요."
        case .anotherSentence: "화면의 문장과 다른 소리로 들려요. 조용한 곳에서 그 문장을 읽어 주세요."
        }
    }
}
