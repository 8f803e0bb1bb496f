import Pronunciation
import Testing

@Suite struct WordAlignmentTests {
    private func align(_ reference: String, _ transcript: String) -> WordAlignment {
        WordAlignment.align(reference: reference, transcript: transcript)
    }

    @Test(
        "two ways to write the same words are no mistake",
        arguments: [
            ("Hello, world!", "hello world"),
            ("I'm sure it won't rain.", "I am sure it will not rain"),
            ("I am sure it will not rain.", "I'm sure it won't rain"),
            ("He’s gone and she’s here", "he has gone and she is here"),
            ("That is John's book.", "that's Johns book"),
            ("I don't know.", "i dont know"),
            ("We are going to go, got to run", "we're gonna go gotta run"),
            ("You cannot go.", "you can't go"),
            ("Let's go!", "let us go"),
            ("a well-known every-day word", "a well known everyday word"),
            ("an ice cream", "an icecream"),
            ("I have 21 apples.", "I have twenty-one apples"),
            ("I have twenty one apples.", "I have 21 apples"),
            ("1,234 people", "one thousand two hundred and thirty four people"),
            ("1,234 people", "1234 people"),
            ("It costs 3.5 million", "it costs three point five million"),
            ("the 1st and the 22nd", "the first and the twenty-second"),
            ("In 2025 we met.", "in twenty twenty-five we met"),
            ("In 2025 we met.", "in two thousand and twenty five we met"),
            ("born in 1905", "born in nineteen oh five"),
            ("the 1990s", "the nineteen nineties"),
            ("It's $5.", "it is five dollars"),
            ("It's $1.", "it is one dollar"),
            ("It's $5.50.", "it's five fifty"),
            ("It's $5 million.", "it is five million dollars"),
            ("£2.01", "two pounds and one penny"),
            ("50% off", "fifty percent off"),
            ("50% off", "fifty per cent off"),
            ("at 3:30", "at half past three"),
            ("at 3:30", "at three thirty"),
            ("at 7 PM", "at seven p.m."),
            ("at 7pm", "at seven pm"),
            ("at 10:00", "at ten o'clock"),
            ("at 6:45", "at a quarter to seven"),
            ("pages 10–15", "pages ten to fifteen"),
            ("room 101", "room one oh one"),
            ("call 010-1234-5678", "call zero one zero one two three four five six seven eight"),
            ("1/2 a cup", "one half a cup"),
            ("−5 degrees", "minus five degrees"),
            ("5km, 5 kg", "five kilometres five kilograms"),
            ("Mr. Kim met Dr. Lee on Main St.", "mister kim met doctor lee on main street"),
            ("the U.S.A. and TV", "the USA and T V"),
            ("salt & pepper", "salt and pepper"),
            ("The colour of the theatre's neighbourhood", "the color of the theaters neighborhood"),
            ("We travelled and organised it", "we traveled and organized it"),
            ("their new knight", "there knew night"),
            ("ＨＥＬＬＯ　ｗｏｒｌｄ　１２", "hello world twelve"),
            ("“Yes,” she said—‘no’", "yes she said no"),
            ("Good 👍🏽 morning 👩‍👩‍👧 1️⃣", "good morning"),
            ("café naïve", "cafe naive"),
            ("and/or", "and or"),
            ("end.Next", "end next"),
        ])
    func sameWords(_ reference: String, _ transcript: String) {
        let alignment = align(reference, transcript)
        #expect(alignment.missedWords == [] && alignment.extraWords == [], "\(alignment.words)")
        #expect(alignment.overallScore == 100, "\(alignment.words)")
    }

    /// A short way to write what became of each word: `word`, `-missed`, `+extra`, `word~heard`.
    private func notation(_ alignment: WordAlignment) -> String {
        alignment.words.map { word in
            switch word.kind {
            case .matched: word.text
            case .missed: "-" + word.text
            case .extra: "+" + word.text
            case .replaced: word.text + "~" + (word.spoken ?? "").replacing(" ", with: "_")
            }
        }.joined(separator: " ")
    }

    @Test(
        "each word is matched, replaced, missed or extra",
        arguments: [
            // Stutters and repetitions: a first try is the extra one, the last of repeated words the missed one.
            ("I went home.", "I I went home", "+I I went home"),
            ("I went home.", "I went I went home", "+I +went I went home"),
            ("no no no", "no no", "no no -no"),
            ("no", "no no no", "+no +no no"),
            ("the cat and the dog", "the dog", "the -cat -and -the dog"),
            // What sounds alike was meant; what does not was left out and something else was said.
            ("The ship is here.", "the sheep is here", "The ship~sheep is here"),
            ("I think so.", "I sink so", "I think~sink so"),
            ("I walked home.", "I walk home", "I walked~walk home"),
            ("Good morning!", "good evening", "Good -morning +evening"),
            ("She likes cats.", "he likes dogs", "-She +he likes -cats +dogs"),
            // Part of a word with several parts.
            ("I'm late", "I late", "I'm~I late"),
            ("I late", "I'm late", "I +am late"),
            ("It's 2025.", "it is 2024", "It's 2025~2024"),
            ("It's 2025.", "it is twenty", "It's -2025 +twenty"),
            ("John's book", "John book", "John's~John book"),
            ("a well-known man", "a known man", "a well-known~known man"),
            // Words stand as the learner sees them.
            ("“Won’t you?”", "", "-Won’t -you"),
            ("At 3:30 (sharp), 50% of $5!", "", "-At -3:30 -sharp -50% -of -$5"),
            ("Mr. Kim—yes…", "", "-Mr -Kim -yes"),
            ("hello", "um hello uh", "+um hello +uh"),
            // Korean.
            ("저는 학교에 갑니다.", "저는 학교에 갑니다", "저는 학교에 갑니다"),
            ("저는 학교에 갑니다.", "저는 학교 갑니다", "저는 학교에~학교 갑니다"),
            ("저는 밥을 먹었어요.", "저는 물을 먹었어요", "저는 -밥을 +물을 먹었어요"),
            ("나는 할 수 있어요.", "나는 할수있어요", "나는 할 수 있어요"),
            ("할 수있어요", "할수 있어요", "할 수있어요"),
            ("오후 3시 30분에 사과 2개", "오후 세 시 삼십 분에 사과 두 개", "오후 3시 30분에 사과 2개"),
            ("2025년 50% 할인, 5,000원", "이천이십오 년 오십 퍼센트 할인 오천 원", "2025년 50% 할인 5,000원"),
            ("7:30에 봐요", "일곱시 반에 봐요", "7:30에 봐요"),
            // Nothing but signs.
            ("?! … 🎉", "hello", "+hello"),
            ("hello", "... !!", "-hello"),
            ("", "", ""),
        ])
    func kinds(_ reference: String, _ transcript: String, _ expected: String) {
        #expect(notation(align(reference, transcript)) == expected)
    }

    @Test("a sentence without words has nothing to score")
    func emptyReference() {
        for alignment in [align("", "hello"), align("?!", ""), align("", "")] {
            #expect(alignment.referenceWordCount == 0)
            #expect(alignment.completenessScore == 0)
            #expect(alignment.wordAccuracy == 0)
            #expect(alignment.overallScore == 0)
        }
    }

    @Test("silence misses every word")
    func emptyTranscript() {
        let alignment = align("One, two: three!", "")
        #expect(alignment.missedWords == ["One", "two", "three"])
        #expect(alignment.extraWords == [])
        #expect(alignment.completenessScore == 0 && alignment.wordAccuracy == 0 && alignment.overallScore == 0)
    }

    @Test("scores follow their formulas")
    func scores() {
        // Four words, one missed, one replaced (s-i-n-k for th-i-n-k: ⅞ alike, so 70 of 80), one extra.
        let alignment = align("we think of rain", "um we sink rain")
        #expect(notation(alignment) == "+um we think~sink -of rain")
        #expect(alignment.completenessScore == 75)
        let accuracies: [Double] = [100, 70, 0, 100]
        #expect(alignment.wordAccuracy == accuracies.reduce(0, +) / 4)
        let withoutExtra: Double = 0.75 * 67.5 + 0.25 * 75
        #expect(alignment.overallScore == withoutExtra * 4 / 4.5)
    }

    @Test(
        "ten thousand characters, whatever they are",
        arguments: [
            "a ", "999 ", "$9.99 ", "I'd ", "a-", "1", "x", "가나다 ", "가", "no ", ".", "👍", "1/2 ", "ab'",
        ])
    func longTexts(_ unit: String) {
        let text = String(repeating: unit, count: 10_000 / unit.count)
        let same = align(text, text)
        #expect(same.missedWords.isEmpty && same.extraWords.isEmpty)
        #expect(same.overallScore == (same.referenceWordCount == 0 ? 0 : 100))
        let other = align(text, String(repeating: "zebra 7 ", count: 1250))
        #expect(other.words.filter(\.isReferenceWord).map(\.text) == same.words.map(\.text))
    }
}
