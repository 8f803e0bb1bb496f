import Acoustics
import Testing
import Workers

@Suite("What errors mean for a job")
struct JobFailureTests {
    @Test("audio that may be read later is tried again, and nothing else of audio is")
    func audio() {
        let later: [AudioError] = [.tookTooLong(limitInSeconds: 30), .decoderUnavailable(reason: "no room.")]
        for error in later { #expect(JobFailure(classifying: error) == .retry(reason: error.description)) }
        let never: [AudioError] = [
            .notAudio, .noAudioTrack, .needsFFmpeg(format: "WebM"), .damaged(reason: "no."),
            .cutOff(foundInBytes: 1, promisedInBytes: 2),
        ]
        for error in never { #expect(JobFailure(classifying: error) == .giveUp(reason: error.description)) }
    }
}
