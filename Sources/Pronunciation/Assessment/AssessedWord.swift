/// One word of the sentence, as it was said.
package struct AssessedWord: Hashable, Sendable {
    /// As in the sentence, without the punctuation around it.
    package let text: String
    /// Where it was said; for a word that was left out, an empty span where it would have been.
    package let spanInMilliseconds: Range<Int>
    /// 0...100; 0 for a word that was left out.
    package let accuracyScore: Double
    package let isSpoken: Bool
    /// Empty for a word that was left out.
    package let phones: [AssessedPhone]

    package init(
        text: String, spanInMilliseconds: Range<Int>, accuracyScore: Double, isSpoken: Bool, phones: [AssessedPhone]
    ) {
        (self.text, self.spanInMilliseconds, self.accuracyScore) = (text, spanInMilliseconds, accuracyScore)
        (self.isSpoken, self.phones) = (isSpoken, phones)
    }
}

/// One sound of a word.
package struct AssessedPhone: Hashable, Sendable {
    package let phone: Phone
    package let spanInMilliseconds: Range<Int>
    /// 0...100.
    package let accuracyScore: Double
    /// Goodness of pronunciation: the mean over the phone's frames of how much likelier the right sound is than any
    /// sequence of sounds, in natural log units; near 0 is good, below −3 is poor.
    package let goodness: Double

    package init(phone: Phone, spanInMilliseconds: Range<Int>, accuracyScore: Double, goodness: Double) {
        (self.phone, self.spanInMilliseconds) = (phone, spanInMilliseconds)
        (self.accuracyScore, self.goodness) = (accuracyScore, goodness)
    }
}

/// A stretch of speech that belongs to no word of the sentence.
package struct ExtraWord: Hashable, Sendable {
    /// What it sounded like, in ARPAbet, such as `HH AH L OW`: the sound alone does not say how it is written.
    package let sounds: [Phone]
    package let spanInMilliseconds: Range<Int>

    package init(sounds: [Phone], spanInMilliseconds: Range<Int>) {
        (self.sounds, self.spanInMilliseconds) = (sounds, spanInMilliseconds)
    }
}
