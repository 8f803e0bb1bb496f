import Pronunciation
import Testing

@Suite struct GradeTests {
    @Test("every bound belongs to the better grade")
    func bounds() {
        let scores: [(Double, String)] = [
            (100, "A+"), (95, "A+"), (94.999, "A"), (90, "A"), (89.999, "B+"), (85, "B+"), (84.999, "B"), (80, "B"),
            (79.999, "C+"), (75, "C+"), (74.999, "C"), (70, "C"), (69.999, "D"), (60, "D"), (59.999, "F"), (0, "F"),
        ]
        for (score, grade) in scores { #expect(Grade(score: score).rawValue == grade, "\(score)") }
    }

    @Test("what is no number is a mistake of ours")
    func notANumber() async {
        await #expect(processExitsWith: .failure) { _ = Grade(score: .nan) }
    }
}
