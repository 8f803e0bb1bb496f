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
}
