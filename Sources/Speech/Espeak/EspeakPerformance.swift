/// What espeak-ng made of one script: the sound, and what is needed to find the words in it.
struct EspeakPerformance: Sendable {
    /// At the library's rate.
    var samples: [Int16]
    var sampleRateInHz: Int
    var events: [EspeakEvent]
    /// The script's words, each with the phonemes it has when it stands alone.
    var words: [WordTimeline.Word]
}
