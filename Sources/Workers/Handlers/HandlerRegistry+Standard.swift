package import Documents
package import Foundation
package import Objects
package import SpeakModel
package import Speech

extension HandlerRegistry {
    /// A handler for every kind of job that workers can do.
    ///
    /// - Parameters:
    ///   - timeZone: The school's; it says when a day begins.
    ///   - links: How rows say where audio plays.
    package static func standard(
        documents: any DocumentStore, objects: any ObjectStore, synthesizer: any SpeechSynthesizer,
        assessor: ReadingAssessor, timeZone: TimeZone, links: AudioLinks = .onThisMachine,
        now: @escaping @Sendable () -> Timestamp
    ) -> HandlerRegistry {
        let library = SpeechLibrary(synthesizer: synthesizer, objects: objects, links: links, now: now)
        return HandlerRegistry([
            SentenceSynthesisHandler(library: library, now: now),
            FeedbackSynthesisHandler(library: library, now: now),
            PronunciationScoringHandler(objects: objects, assessor: assessor, timeZone: timeZone, now: now),
            ConversationAnalysisHandler(objects: objects, assessor: assessor, timeZone: timeZone, now: now),
            ArchiveRescoringHandler(
                documents: documents, objects: objects, assessor: assessor, timeZone: timeZone, now: now),
            StatisticsAggregationHandler(documents: documents, timeZone: timeZone, now: now),
        ])
    }
}
