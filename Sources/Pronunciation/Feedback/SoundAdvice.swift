/// What a sound is called and how it is made, in both languages.
struct SoundAdvice: Hashable {
    /// Stands before “소리” and “sound”.
    let name: Feedback
    /// An instruction that ends a sentence, without its full stop.
    let how: Feedback

    init(_ koreanName: String, _ koreanHow: String, _ englishName: String, _ englishHow: String) {
        name = Feedback(korean: koreanName, english: englishName)
        how = Feedback(korean: koreanHow, english: englishHow)
    }
}

extension Phone {
    /// What to do about this sound before another one of its word; `nil` at the word's end.
    func advice(before next: Phone?) -> SoundAdvice {
        let placed = next.map { advice(beforeVowel: $0) } ?? adviceAtEnd
        return placed ?? (isVowel ? vowelAdvice : consonantAdvice)
    }
}
