import JSON
import Pronunciation
import Reports
import Testing

@Suite("Assessments as JSON")
struct AssessmentJSONTests {
    @Test("a reading is written as its row's attributes are named, in a fixed order")
    func golden() {
        let reading = Readings.reading(
            "She “said”",
            words: [Readings.word("She", 200..<400, [(.sh, 200..<300, 41.256)]), Readings.missed("said", at: 700)],
            extra: [ExtraWord(sounds: [.ah, .m], spanInMilliseconds: 450..<650)], durationInMilliseconds: 1500)
        let expected = """
            {"accuracy_score":70,"audio":"a.flac","audio_duration_ms":1500,"completeness_score":66.67,\
            "extra_words":["AH M"],"fluency_score":80.05,"grade":"D","id":"1","missed_words":["said"],\
            "net_speaking_density":0.5,"overall_score":66.67,"pace_ratio":0.93,"prosody_score":0,"scorer":"test-1",\
            "speaking_duration_ms":750,"text":"She “said”","words":[{"accuracy_score":41.26,"end_ms":400,\
            "kind":"matched","phones":[{"accuracy_score":41.26,"end_ms":300,"goodness":-2.94,"phone":"SH",\
            "start_ms":200}],"start_ms":200,"text":"She"},{"accuracy_score":0,"end_ms":700,"kind":"missed",\
            "phones":[],"start_ms":700,"text":"said"}]}
            """
        #expect(reading.json(id: "1", audio: "a.flac").text == expected)
    }

    @Test("what is unknown is left out")
    func unknown() {
        let reading = Readings.reading("", words: [], durationInMilliseconds: 1000, paceRatio: nil)
        let json = reading.json()
        #expect(json["pace_ratio"] == nil && json["id"] == nil && json["audio"] == nil)
        #expect(json["words"] == .array([]) && json["missed_words"] == .array([]))
    }

    @Test("a recording that could not be scored has its reason")
    func failure() {
        #expect(
            AssessedReading.failureJSON(id: "7", error: "It is \"silent\".").text
                == #"{"error":"It is \"silent\".","id":"7"}"#)
    }

    @Test("the JSON reads back as it was written")
    func roundTrip() throws {
        let json = Readings.short.json(id: "x")
        #expect(try JSONValue(parsing: json.utf8) == json)
    }
}
