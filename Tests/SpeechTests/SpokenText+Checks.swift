import Speech
import Testing

extension SpokenText {
    var words: [SpeechMark] { marks.filter { $0.kind == .word } }
    var sentences: [SpeechMark] { marks.filter { $0.kind == .sentence } }

    /// What must be true of every speech: times rise within the audio, places rise within the text and hold the values.
    func checkMarks(of text: String, sourceLocation: SourceLocation = #_sourceLocation) {
        let times = marks.map(\.timeInMilliseconds)
        #expect(times == times.sorted(), sourceLocation: sourceLocation)
        #expect(times.allSatisfy { (0...durationInMilliseconds).contains($0) }, sourceLocation: sourceLocation)
        let bytes = Array(text.utf8)
        for mark in marks where mark.kind != .ssml {
            #expect(String(bytes: bytes[mark.byteRange]) == mark.value, sourceLocation: sourceLocation)
        }
        for (word, next) in zip(words, words.dropFirst()) {
            #expect(word.byteRange.upperBound <= next.byteRange.lowerBound, sourceLocation: sourceLocation)
        }
        for word in words {
            let holders = sentences.count { $0.byteRange.contains(word.byteRange.lowerBound) }
            #expect(holders == 1, sourceLocation: sourceLocation)
        }
    }
}

extension String {
    fileprivate init(bytes: some Collection<UInt8>) { self.init(decoding: bytes, as: UTF8.self) }
}
