package import Documents
package import Foundation
package import Objects
package import SpeakModel
package import Speech

extension HandlerRegistry {
    /// A handler for every kind of job that workers can do.
    ///
    /// - Parameter timeZone: The school's; it says when a day begins.
    package static func standard(
        documents: any DocumentStore, objects: any ObjectStore, synthesizer: any SpeechSynthesizer,
        assessor: ReadingAssessor, timeZone: TimeZone, now: @escaping @Sendable () -> Timestamp
    ) -> HandlerRegistry {
        let library = SpeechLibrary(synthesizer: synthesizer, objects: objects, now: now)
        return HandlerRegistry([
            SentenceSynthesisHandler(library: library, now: now),
            FeedbackSynthesisHandler(library: library, now: now),
            PronunciationScoringHandler(objects: objects, assessor: assessor, timeZone: timeZone, now: now),
            ConversationAnalysisHandler(objects: objects, assessor: assessor, timeZone: timeZone, now: now),
            StatisticsAggregationHandler(documents: documents, timeZone: timeZone, now: now),
        ])
    }
}
