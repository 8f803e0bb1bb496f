/// Which words of a sentence were said, and what was said beside them, as far as the sound alone tells.
///
/// Two searches through a lenient network, which may skip words and hear anything between them at a price: whatever
/// sounds likelier by that price a frame than the sentence's words is something else.
struct SpokenWords {
    /// Words that were skipped.
    let missed: Set<Int>
    /// Whether someone else heard it so; what the sound alone suggests must be borne out by the word's own figures.
    let isCertain: Bool
    /// Frames in which something else was said.
    let extra: [Range<Int>]

    /// How much likelier, a frame, the best of any sounds must be than a word of the sentence for the word to be missed,
    /// and than silence and the words for something extra to be heard.
    private static let priceForMissed: Float = 6
    private static let priceForExtra: Float = 7
    /// Frames of sound in the shortest extra word.
    private static let shortestExtraInFrames = 10

    /// What a transcript says instead.
    init(heardIn alignment: WordAlignment) {
        let words = alignment.words.filter(\.isReferenceWord)
        missed = Set(words.indices.filter { !words[$0].isSpokenReferenceWord })
        extra = []
        isCertain = true
    }

    init(of analysis: UtteranceAnalysis, model: AcousticModel) {
        let reading = analysis.words.map(\.pronunciations)
        let search = Search(analysis, model: model)
        let strict = search.segments(reading, price: Self.priceForMissed)
        let said = Set(strict.compactMap(\.word))
        isCertain = false
        missed = strict.isEmpty ? [] : Set(reading.indices).subtracting(said)
        extra = search.segments(reading, price: Self.priceForExtra).filter { segment in
            guard segment.codebook == SentenceNetwork.stray else { return false }
            let sounding = segment.frames.count { !model.isPause(analysis.loop.codebooks[$0]) }
            return sounding >= Self.shortestExtraInFrames
        }.map(\.frames)
    }

    /// The frames' scores with a column for anything else.
    private struct Search {
        private let model: AcousticModel
        private let frameCount: Int
        private let columnCount: Int
        private var scores: [Float] = []
        private var best: [Float] = []

        init(_ analysis: UtteranceAnalysis, model: AcousticModel) {
            self.model = model
            let plain = analysis.plain
            (frameCount, columnCount) = (plain.frameCount, plain.columnCount + 1)
            scores.reserveCapacity(frameCount * columnCount)
            for frame in 0..<frameCount {
                let row = plain.values[frame * plain.columnCount..<(frame + 1) * plain.columnCount]
                scores += row
                best.append(row.max() ?? 0)
                scores.append(0)
            }
        }

        func segments(_ reading: [[[Phone]]], price: Float) -> [PhoneSegment] {
            var scores = scores
            for frame in 0..<frameCount { scores[(frame + 1) * columnCount - 1] = best[frame] - price }
            let network = SentenceNetwork(reading, model: model, strayColumn: columnCount - 1)
            return network.align(scores, columnCount: columnCount) ?? []
        }
    }
}

extension AcousticModel {
    func isPause(_ codebook: Int) -> Bool { codebook == silence || codebook == noise }
}
