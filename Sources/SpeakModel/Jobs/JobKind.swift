/// What a job asks for.
package enum JobKind: String, CaseIterable, Sendable {
    case sentenceSynthesize = "sentence.synthesize"
    case feedbackSynthesize = "feedback.synthesize"
    case pronunciationScore = "pronunciation.score"
    case conversationAnalyze = "conversation.analyze"
    case statisticsAggregate = "statistics.aggregate"
    case archiveRescore = "archive.rescore"

    /// The queue where jobs of this kind wait.
    package var queue: JobQueue {
        switch self {
        case .sentenceSynthesize, .feedbackSynthesize: .synthesis
        case .pronunciationScore, .conversationAnalyze, .archiveRescore: .scoring
        case .statisticsAggregate: .statistics
        }
    }

    /// The type of this kind's payloads.
    package var payloadType: any JobPayload.Type {
        switch self {
        case .sentenceSynthesize: SentenceSynthesize.self
        case .feedbackSynthesize: FeedbackSynthesize.self
        case .pronunciationScore: PronunciationScore.self
        case .conversationAnalyze: ConversationAnalyze.self
        case .statisticsAggregate: StatisticsAggregate.self
        case .archiveRescore: ArchiveRescore.self
        }
    }
}
