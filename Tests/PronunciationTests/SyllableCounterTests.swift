import Pronunciation
import Testing

@Suite struct SyllableCounterTests {
    @Test("English words, as a dictionary divides them")
    func english() {
        let known: [Int: String] = [
            1: """
            the cat go home walked jumped makes school friends through strength eye year are have give don't we'll I'm \
            world time phone please clothes right boy day tree ask watched likes
            """,
            2: """
            water people apple apples wanted needed going being saying houses boxes watches didn't wouldn't it'd \
            could've something homework sometimes lion quiet poem science player happy question nation table chaos \
            sentence because prism evening breakfast over Monday little window create
            """,
            3: """
            banana family radio video idea area museum beautiful delicious piano tomorrow October studying \
            happier easiest created Korea grandmother important remember yesterday together continue
            """,
            4: "actually information usually dictionary America experience conversation",
            5: "university's university pronunciation",
        ]
        var wrong: [String] = []
        for (count, words) in known {
            for word in words.split(separator: " ") where SyllableCounter.count(in: String(word)) != count {
                wrong.append("\(word) \(SyllableCounter.count(in: String(word)))≠\(count)")
            }
        }
        #expect(wrong == [])
    }

    @Test(
        "texts, numbers and Korean",
        arguments: [
            ("", 0), ("?! 🎉", 0), ("Hello, world!", 3), ("21 apples", 5), ("in 2025", 6), ("$5", 3), ("Mr. Kim", 3),
            ("TV", 2), ("well-known", 2), ("저는 학교에 갑니다.", 8), ("3시에 만나요", 6), ("K-pop을 좋아해요", 7), ("hmm", 1),
        ])
    func texts(_ text: String, _ syllables: Int) {
        #expect(SyllableCounter.count(in: text) == syllables)
    }
}
