/// Finds when each word of a script begins, from what espeak-ng reported while it spoke.
///
/// WORD events say it for most words. They are missing where espeak-ng joins words (“of the”) and, in Korean, for every
/// word that begins with ㄴ or ㅁ. Between two words that have one, the phonemes that were spoken are therefore aligned
/// with the phonemes of each word alone, and a word begins where its first phoneme does.
struct WordTimeline {
    /// The words of a script, with the phonemes each has when it stands alone; a pause at the end of a clause.
    struct Word: Hashable, Sendable {
        /// Where it stands in what espeak-ng read, in Unicode scalars.
        var rendered: Range<Int>
        var phonemes: [Phoneme]
    }

    private let words: [Word]
    private var phonemes: [Phoneme] = []
    private var phonemeTimes: [Int] = []
    /// Words whose beginning was reported, ascending in every member.
    private var anchors: [(word: Int, phoneme: Int, timeInMilliseconds: Int)] = []

    init(words: [Word], events: [EspeakEvent]) {
        self.words = words
        for event in events {
            switch event.kind {
            case .phoneme(let phoneme):
                phonemes.append(phoneme)
                phonemeTimes.append(event.timeInMilliseconds)
            case .word(let position): addAnchor(at: position, time: event.timeInMilliseconds)
            }
        }
    }

    /// When each word begins, never before the one before it and never after the audio's end.
    ///
    /// - Complexity: O(n · m) in the phonemes spoken and expected between two reported words.
    func timesInMilliseconds(duration: Int) -> [Int] {
        var times = [Int?](repeating: nil, count: words.count)
        for anchor in anchors { times[anchor.word] = anchor.timeInMilliseconds }
        for (wordRange, phonemeRange) in gaps() {
            let starts = align(wordRange, with: phonemeRange)
            for (word, start) in zip(wordRange, starts) where times[word] == nil { times[word] = start }
        }
        return Self.filled(times, duration: duration)
    }

    /// A word that is spoken as several (`1,234`) is reported several times; the first is its beginning.
    private mutating func addAnchor(at position: Int, time: Int) {
        let first = anchors.last.map { $0.word + 1 } ?? 0
        guard let word = words[first...].firstIndex(where: { $0.rendered.upperBound > position }),
            words[word].rendered.contains(position)
        else { return }
        anchors.append((word, phonemes.count, time))
    }

    /// The stretches from one reported word to the next that hold words that were not.
    private func gaps() -> [(words: Range<Int>, phonemes: Range<Int>)] {
        let starts = [(0, 0)] + anchors.map { ($0.word, $0.phoneme) }
        let ends = anchors.map { ($0.word, $0.phoneme) } + [(words.count, phonemes.count)]
        return zip(starts, ends).compactMap { start, end in
            let isReported = anchors.contains { $0.word == start.0 }
            guard end.0 - start.0 > (isReported ? 1 : 0) else { return nil }
            return (start.0..<end.0, start.1..<end.1)
        }
    }

    /// When each word of a stretch begins, or `nil` where none of its phonemes was found.
    private func align(_ wordRange: Range<Int>, with phonemeRange: Range<Int>) -> [Int?] {
        let expected = words[wordRange].flatMap(\.phonemes)
        let found = PhonemeAlignment.positions(of: expected, in: phonemes[phonemeRange])
        var next = 0
        return words[wordRange].map { word in
            defer { next += word.phonemes.count }
            let position = found[next..<(next + word.phonemes.count)].lazy.compactMap { $0 }.first
            return position.map { phonemeTimes[$0] }
        }
    }

    /// A word of which nothing was found begins with the next one.
    private static func filled(_ times: [Int?], duration: Int) -> [Int] {
        var result = [Int](repeating: 0, count: times.count)
        var next = duration
        for index in times.indices.reversed() {
            next = min(next, times[index] ?? next)
            result[index] = next
        }
        return result
    }
}
