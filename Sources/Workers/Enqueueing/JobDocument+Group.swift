import Crypto
import SpeakModel

extension JobDocument {
    /// For whose sake a job is done: its student or its session, so that a thousand jobs of one do not keep others
    /// waiting.
    ///
    /// - Returns: Letters and digits that say nothing about the student; `nil` for a job that is for everybody.
    var messageGroup: String? {
        beneficiary.map { name in
            SHA256.hash(data: Array(name.utf8)).prefix(8).map { byte in
                let digits = String(byte, radix: 16)
                return digits.count == 1 ? "0" + digits : digits
            }.joined()
        }
    }

    private var beneficiary: String? {
        switch payload {
        case let payload as SentenceSynthesize: payload.sessionID
        case let payload as FeedbackSynthesize: payload.compositeKey
        case let payload as PronunciationScore: payload.studentEmail
        case let payload as ConversationAnalyze: payload.studentEmail
        case let payload as StatisticsAggregate: payload.studentEmail
        default: nil
        }
    }
}
