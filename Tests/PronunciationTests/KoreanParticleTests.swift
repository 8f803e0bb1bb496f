import Testing

@testable import Pronunciation

@Suite struct KoreanParticleTests {
    @Test(
        "the particle follows the last sound",
        arguments: [
            ("밥", "밥을 밥이 밥은 밥과 밥으로"), ("학교", "학교를 학교가 학교는 학교와 학교로"), ("물", "물을 물이 물은 물과 물로"),
            ("school", "school을 school이 school은 school과 school로"), ("home", "home을 home이 home은 home과 home으로"),
            ("“morning”", "“morning”을 “morning”이 “morning”은 “morning”과 “morning”으로"),
            ("book", "book을 book이 book은 book과 book으로"), ("bus", "bus를 bus가 bus는 bus와 bus로"),
            ("3", "3을 3이 3은 3과 3으로"), ("7", "7을 7이 7은 7과 7로"), ("2", "2를 2가 2는 2와 2로"),
            ("🎉", "🎉를 🎉가 🎉는 🎉와 🎉로"), ("", "를 가 는 와 로"),
        ])
    func forms(_ word: String, _ expected: String) {
        #expect(KoreanParticle.allCases.map { word + $0.form(after: word) }.joined(separator: " ") == expected)
    }

    @Test("Latin words go by their Hangul spelling")
    func latin() {
        let closed = "cat cup book black time name phone apple people climb column song N M"
        let open = "desk make nice teacher I the go she cheese good big orange note like A"
        for word in closed.split(separator: " ").map(String.init) {
            #expect(KoreanParticle.object.form(after: word) == "을", "\(word)")
        }
        for word in open.split(separator: " ").map(String.init) {
            #expect(KoreanParticle.object.form(after: word) == "를", "\(word)")
        }
    }
}
