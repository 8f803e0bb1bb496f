package import JSON
package import Pronunciation

extension Assessment {
    /// Reads what ``resultMembers`` wrote; `nil` for anything else, such as a failure's line.
    ///
    /// Of extra words only the sounds are known: their spans are empty.
    package init?(result: JSONValue) {
        func score(_ name: String) -> Double? { result[name]?.double }
        guard let overall = score("overall_score"), let accuracy = score("accuracy_score"),
            let fluency = score("fluency_score"), let prosody = score("prosody_score"),
            let completeness = score("completeness_score"), let words = result["words"]?.array,
            let scorer = result["scorer"]?.string
        else { return nil }
        let extra = (result["extra_words"]?.array ?? []).compactMap(\.string).map { sounds in
            ExtraWord(
                sounds: sounds.split(separator: " ").compactMap { Phone(rawValue: String($0)) },
                spanInMilliseconds: 0..<0)
        }
        self.init(
            scores: SentenceScores(
                overall: overall, accuracy: accuracy, fluency: fluency, prosody: prosody, completeness: completeness),
            words: words.compactMap(AssessedWord.init), extraWords: extra, scorer: scorer)
    }
}

extension AssessedWord {
    fileprivate init?(_ json: JSONValue) {
        guard let text = json["text"]?.string, let span = Range<Int>(json), let score = json["accuracy_score"]?.double
        else { return nil }
        self.init(
            text: text, spanInMilliseconds: span, accuracyScore: score, isSpoken: json["kind"]?.string != "missed",
            phones: (json["phones"]?.array ?? []).compactMap(AssessedPhone.init))
    }
}

extension AssessedPhone {
    fileprivate init?(_ json: JSONValue) {
        guard let phone = json["phone"]?.string.flatMap(Phone.init), let span = Range<Int>(json),
            let score = json["accuracy_score"]?.double, let goodness = json["goodness"]?.double
        else { return nil }
        self.init(phone: phone, spanInMilliseconds: span, accuracyScore: score, goodness: goodness)
    }
}

extension Range<Int> {
    fileprivate init?(_ json: JSONValue) {
        guard let start = json["start_ms"]?.int, let end = json["end_ms"]?.int, 0 <= start, start <= end else {
            return nil
        }
        self = start..<end
    }
}
