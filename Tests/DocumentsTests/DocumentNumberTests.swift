import Documents
import Foundation
import TestSupport
import Testing

@Suite struct DocumentNumberTests {
    @Test(
        "every way to write a number gives one text",
        arguments: [
            ("1.0", "1"), ("1e0", "1"), ("+3", "3"), (".123", "0.123"), ("5.", "5"), ("0001.2300", "1.23"),
            ("-0", "0"), ("0e1000", "0"), ("-17.4E37", "-1.74E+38"),
            ("17.4E36", "174" + String(repeating: "0", count: 35)),
            ("1e-7", "0.0000001"), ("123.456e1", "1234.56"), ("123.456e-4", "0.0123456"),
            ("3.1415926535897932384626433832795028841", "3.1415926535897932384626433832795028841"),
            ("0000012345678901234567890123456789012345678", "12345678901234567890123456789012345678"),
            ("-00001.23456789012345678901234567890123456780000", "-1.2345678901234567890123456789012345678"),
            ("0001.000e-130", "0." + String(repeating: "0", count: 129) + "1"),
            (
                "-0009.99999999999999999999999999999999999990000e125",
                "-9." + String(repeating: "9", count: 37) + "E+125"
            ),
        ])
    func canonicalText(_ written: String, _ canonical: String) throws {
        #expect(try DocumentNumber(parsing: written).description == canonical)
        #expect(try DocumentNumber(parsing: canonical) == DocumentNumber(parsing: written))
    }

    @Test(
        "what is no number is refused",
        arguments: [
            "", " 1", "1 ", "NaN", "Infinity", "-Infinity", "dog", "-", "+", ".", "e5", "1e", "1e+", "--1", "1.2.3",
            "0x1F",
            "1_000", "１", "1,5",
        ])
    func refused(_ text: String) {
        #expect(throws: DocumentNumberError.notANumber(text)) { try DocumentNumber(parsing: text) }
        #expect(DocumentNumber(text) == nil)
    }

    @Test(
        "what does not fit is refused with the reason",
        arguments: [
            ("3.14159265358979323846264338327950288419", DocumentNumberError.tooManyDigits),
            ("314159265358979323846264338327950288419e30", .tooManyDigits),
            ("1" + String(repeating: "0", count: 40) + "1", .tooManyDigits),
            ("1e126", .tooLarge), ("-11e125", .tooLarge), ("1e100000000000000000000", .tooLarge),
            ("1e-131", .tooSmall), ("-0.9e-130", .tooSmall), ("1e-100000000000000000000", .tooSmall),
        ])
    func outOfRange(_ text: String, _ error: DocumentNumberError) {
        #expect(throws: error) { try DocumentNumber(parsing: text) }
    }

    @Test("sums are exact or refused", arguments: DocumentNumberVectors.sums)
    func sums(_ first: String, _ second: String, _ expected: String) throws {
        let (first, second) = (try DocumentNumber(parsing: first), try DocumentNumber(parsing: second))
        let expected = try Outcome(expected)
        #expect(Outcome { () throws(DocumentNumberError) in try first + second } == expected)
        #expect(Outcome { () throws(DocumentNumberError) in try second + first } == expected)
        #expect(Outcome { () throws(DocumentNumberError) in try first - -second } == expected)
    }

    @Test("quotients are rounded half to even", arguments: DocumentNumberVectors.quotients)
    func quotients(_ first: String, _ second: String, _ scale: Int, _ expected: String) throws {
        let (first, second) = (try DocumentNumber(parsing: first), try DocumentNumber(parsing: second))
        let quotient = Outcome { () throws(DocumentNumberError) in try first.dividing(by: second, scale: scale) }
        let same = Outcome { () throws(DocumentNumberError) in try (-first).dividing(by: -second, scale: scale) }
        #expect(try quotient == Outcome(expected))
        #expect(same == quotient)
    }

    private enum Outcome: Equatable {
        case number(DocumentNumber)
        case error(DocumentNumberError)

        init(_ text: String) throws {
            let errors = [
                "tooManyDigits": DocumentNumberError.tooManyDigits, "tooLarge": .tooLarge, "tooSmall": .tooSmall,
            ]
            self = try errors[text].map { .error($0) } ?? .number(DocumentNumber(parsing: text))
        }

        init(_ body: () throws(DocumentNumberError) -> DocumentNumber) {
            do { self = .number(try body()) } catch { self = .error(error) }
        }
    }

    @Test("nothing is divided by zero")
    func divisionByZero() {
        #expect(throws: DocumentNumberError.divisionByZero) { try DocumentNumber(1).dividing(by: 0, scale: 2) }
    }

    @Test(
        "measured values are rounded as a reader expects",
        arguments: [
            (2.675, 2, "2.68"), (0.125, 2, "0.12"), (0.375, 2, "0.38"), (-0.5, 0, "0"), (-1.5, 0, "-2"),
            (93.399_999_999_999_99, 1, "93.4"), (1e300, 2, nil), (.leastNonzeroMagnitude, 2, "0"),
            (0.1 + 0.2, 3, "0.3"),
            (1e21, 2, "1e21"),
            (.nan, 1, nil), (.infinity, 1, nil), (123_456_789.123_456_78, 20, "123456789.12345678"),
        ])
    func rounding(_ value: Double, _ decimals: Int, _ expected: String?) throws {
        guard let expected else {
            #expect(throws: DocumentNumberError.self) { try DocumentNumber(rounding: value, decimals: decimals) }
            return
        }
        let number = try DocumentNumber(parsing: expected)
        #expect(try DocumentNumber(rounding: value, decimals: decimals) == number)
    }

    @Test("integers come back, and only integers")
    func integers() throws {
        for value in [0, 1, -1, 10, -100, 86_400_000, Int.max, Int.min] {
            #expect(DocumentNumber(value).int == value)
            #expect(try DocumentNumber(parsing: String(value)) == DocumentNumber(value))
        }
        #expect(try DocumentNumber(parsing: "1.5").int == nil)
        #expect(try DocumentNumber(parsing: "9223372036854775808").int == nil)
        #expect(try DocumentNumber(parsing: "1e19").int == nil)
        #expect(try DocumentNumber(parsing: "1e125").int == nil)
        #expect(try DocumentNumber(parsing: "87.25").double == 87.25)
    }
}

/// Random numbers against Foundation's `Decimal`, which knows nothing of our representation.
@Suite struct DocumentNumberPropertyTests {
    /// A number of up to 15 digits with up to 8 decimals, as text.
    private static func text(_ generator: inout SeededGenerator) -> String {
        let digits = Int.random(in: 0...15, using: &generator)
        let whole = Int.random(in: 0...Int(pow(10.0, Double(digits))), using: &generator)
        let decimals = Int.random(in: 0...8, using: &generator)
        return "\(Bool.random(using: &generator) ? "-" : "")\(whole)e-\(decimals)"
    }

    @Test("order, equality, hashes and bytes agree with Decimal", arguments: [1, 2, 3] as [UInt64])
    func order(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<3000 {
            let texts = (Self.text(&generator), Self.text(&generator))
            let numbers = (try DocumentNumber(parsing: texts.0), try DocumentNumber(parsing: texts.1))
            let decimals = (try #require(Decimal(string: texts.0)), try #require(Decimal(string: texts.1)))
            #expect((numbers.0 < numbers.1) == (decimals.0 < decimals.1), "\(texts)")
            #expect((numbers.0 == numbers.1) == (decimals.0 == decimals.1), "\(texts)")
            let bytes = (numbers.0.orderedBytes, numbers.1.orderedBytes)
            #expect(bytes.0.lexicographicallyPrecedes(bytes.1) == (decimals.0 < decimals.1), "\(texts)")
            #expect((bytes.0 == bytes.1) == (decimals.0 == decimals.1), "\(texts)")
            if numbers.0 == numbers.1 { #expect(numbers.0.hashValue == numbers.1.hashValue) }
        }
    }

    @Test("sums and differences agree with Decimal", arguments: [4, 5] as [UInt64])
    func arithmetic(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<3000 {
            let texts = (Self.text(&generator), Self.text(&generator))
            let numbers = (try DocumentNumber(parsing: texts.0), try DocumentNumber(parsing: texts.1))
            let decimals = (try #require(Decimal(string: texts.0)), try #require(Decimal(string: texts.1)))
            #expect(try (numbers.0 + numbers.1).description == "\(decimals.0 + decimals.1)", "\(texts)")
            #expect(try (numbers.0 - numbers.1).description == "\(decimals.0 - decimals.1)", "\(texts)")
        }
    }

    @Test("the bytes sort as the numbers do, from one end of the range to the other")
    func awkwardOrder() throws {
        let positive = [
            "1e-130", "1.0000000000000000000000000000000000001e-130", "9.9e-130", "1e-129", "0.009", "0.01", "0.0101",
            "0.011", "0.1", "0.5", "0.99", "1", "1.000001", "1.01", "1.1", "1.5", "1.55", "2", "9.99", "10", "10.01",
            "11",
            "99", "99.5", "100", "101", "1e38", "1e125", "9.9999999999999999999999999999999999999e125",
        ]
        let texts = positive.reversed().map { "-" + $0 } + ["0"] + positive
        let numbers = try texts.map { try DocumentNumber(parsing: $0) }
        for (lower, higher) in zip(numbers, numbers.dropFirst()) {
            #expect(lower < higher)
            #expect(!(higher < lower))
            #expect(lower.orderedBytes.lexicographicallyPrecedes(higher.orderedBytes), "\(lower) before \(higher)")
        }
        #expect(numbers.allSatisfy { $0.orderedBytes.count <= 23 })
    }
}
