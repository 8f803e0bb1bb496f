extension WordAdvice {
    /// Everything worth saying about an assessment, the gravest first: missed words, the weakest sound, what was added,
    /// the next weakest sound.
    static func all(for assessment: Assessment) -> [WordAdvice] {
        let spoken = assessment.words.count(where: \.isSpoken)
        if spoken == 0 { return [.nothingSpoken] }
        if 2 * spoken < assessment.words.count { return [.mostlyMissed] }
        let missed = assessment.missedWords
        let sounds = WeakSound.weakest(in: assessment).map(WordAdvice.sound)
        return (missed.isEmpty ? [] : [.missed(missed)]) + sounds.prefix(1)
            + (assessment.extraWords.isEmpty ? [] : [.addedSpeech]) + sounds.dropFirst()
    }
}
