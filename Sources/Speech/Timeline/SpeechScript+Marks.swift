extension SpeechScript {
    /// The speech marks of a script whose words begin at these times.
    ///
    /// At one time a `<mark>` comes first, then the sentence, then its word, as Polly sends them.
    ///
    /// - Parameters:
    ///   - times: In milliseconds, one for each word, never falling.
    ///   - duration: Of the audio, in milliseconds; a `<mark>` after the last word gets it.
    func marks(at times: [Int], duration: Int, source: String) -> [SpeechMark] {
        var marks: [SpeechMark] = []
        marks.reserveCapacity(words.count + sentences.count + namedMarks.count)
        var (nextSentence, nextNamed) = (sentences[...], namedMarks[...])
        for (index, word) in words.enumerated() {
            while let mark = nextNamed.first, mark.nextWord <= index {
                marks.append(
                    .init(timeInMilliseconds: times[index], kind: .ssml, byteRange: mark.bytes, value: mark.name))
                nextNamed.removeFirst()
            }
            while let sentence = nextSentence.first, sentence.firstWord <= index {
                let value = source.text(inBytes: sentence.bytes)
                marks.append(
                    .init(timeInMilliseconds: times[index], kind: .sentence, byteRange: sentence.bytes, value: value))
                nextSentence.removeFirst()
            }
            guard word.isMarked else { continue }
            marks.append(.init(timeInMilliseconds: times[index], kind: .word, byteRange: word.bytes, value: word.value))
        }
        for mark in nextNamed {
            marks.append(.init(timeInMilliseconds: duration, kind: .ssml, byteRange: mark.bytes, value: mark.name))
        }
        return marks
    }
}
