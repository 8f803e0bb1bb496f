/// A sound that a reading had trouble with, and the word where it was worst.
struct WeakSound: Hashable {
    let phone: Phone
    let word: String
    /// What to do about it there.
    let advice: SoundAdvice

    /// Sounds that score at least this, the least of grade C, are left alone.
    static let leastGoodScore = 70.0
    static let mostNamed = 2

    /// At most two sounds whose mean over the spoken words is low, the weakest first.
    ///
    /// Of equally weak ones those come first that give Korean speakers more trouble.
    static func weakest(in assessment: Assessment) -> [WeakSound] {
        let said = Dictionary(grouping: assessment.words.filter(\.isSpoken).flatMap(placedPhones), by: \.phone)
        let weak = said.map { (phone: $0.key, places: $0.value, score: mean($0.value)) }
            .filter { $0.score < leastGoodScore }
            .sorted { ($0.score, $0.phone.troubleRank) < ($1.score, $1.phone.troubleRank) }
        return weak.prefix(mostNamed).map { sound in
            let worst = sound.places.dropFirst().reduce(sound.places[0]) { $1.score < $0.score ? $1 : $0 }
            return WeakSound(phone: sound.phone, word: worst.word, advice: sound.phone.advice(before: worst.next))
        }
    }

    /// A phone where it stands.
    private struct Place {
        let phone: Phone
        /// The phone behind it in its word; `nil` at the end.
        let next: Phone?
        let score: Double
        let word: String
    }

    private static func placedPhones(_ word: AssessedWord) -> [Place] {
        word.phones.enumerated().map { index, phone in
            let next = index + 1 < word.phones.count ? word.phones[index + 1].phone : nil
            return Place(phone: phone.phone, next: next, score: phone.accuracyScore, word: word.text)
        }
    }

    private static func mean(_ places: [Place]) -> Double {
        places.reduce(0) { $0 + $1.score } / Double(places.count)
    }
}
