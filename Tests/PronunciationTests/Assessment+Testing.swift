@testable import Pronunciation

extension Assessment {
    /// An assessment of words with their phones' scores, `nil` for a word that was left out; every phone takes 100 ms.
    static func of(_ words: [(String, [(Phone, Double)]?)], extra: [[Phone]] = []) -> Assessment {
        var time = 0
        let assessed = words.map { text, phones in
            let start = time
            let said = (phones ?? []).map { phone, score in
                time += 100
                return AssessedPhone(
                    phone: phone, spanInMilliseconds: time - 100..<time, accuracyScore: score, goodness: 0)
            }
            return AssessedWord(
                text: text, spanInMilliseconds: start..<time,
                accuracyScore: said.reduce(0) { $0 + $1.accuracyScore } / Double(max(1, said.count)),
                isSpoken: phones != nil, phones: said)
        }
        let scores = SentenceScores(overall: 80, accuracy: 80, fluency: 80, prosody: 80, completeness: 80)
        return Assessment(
            scores: scores, words: assessed,
            extraWords: extra.map { ExtraWord(sounds: $0, spanInMilliseconds: time..<time + 100) }, scorer: "test-1")
    }
}
