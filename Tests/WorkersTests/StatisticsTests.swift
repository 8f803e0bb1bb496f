import Acoustics
import Documents
import EmbeddedBackend
import Foundation
import JSON
import Objects
import SpeakModel
import Speech
import Testing
import Workers

/// Days added up job by job, against the same days recomputed from their rows.
@Suite struct StatisticsTests {
    @Test("recomputing a day changes nothing but its version")
    func aggregateEqualsIncrements() async throws {
        let school = try await School()
        try await school.record("a.wav", speechSeconds: 2, from: 0.5, of: 3)
        try await school.record("b.wav", speechSeconds: 3, from: 1.2, of: 5.4)
        for index in 0..<6 {
            try await school.score("a.wav", index, session: index % 2 == 0 ? "2026-01-05T01:00:00.000Z" : nil)
        }
        for index in 0..<3 { try await school.turn("b.wav", index, session: "2026-01-05T02:00:00.000Z") }
        try await school.work()
        let before = try #require(try await school.day("2026-01-05"))
        #expect(before["practice_count"] == 6)
        #expect(before["chat_turns_count"] == 3)
        // Each turn has a pace too, from the syllables in its sound.
        #expect(before["pace_ration_count"] == 9)
        #expect(before["sessions_count"] == 2)
        #expect(before["total_recording_time"] == .number(6 * 3000 + 3 * 5400))

        try await school.aggregate("2026-01-05")
        try await school.work()
        let after = try #require(try await school.day("2026-01-05"))
        #expect(after.removing("version", "ttl") == before.removing("version", "ttl"))
        #expect(after["version"] != before["version"])
    }

    @Test("means are the sums over the counts")
    func means() async throws {
        let school = try await School()
        try await school.record("a.wav", speechSeconds: 2, from: 0.5, of: 3)
        try await school.record("b.wav", speechSeconds: 3, from: 1.2, of: 5.4)
        try await school.score("a.wav", 0)
        try await school.score("b.wav", 1)
        try await school.turn("b.wav", 2)
        try await school.work()
        let results = try await school.items(.pronunciationResults)
        let day = try #require(try await school.day("2026-01-05"))
        var densities = results.compactMap { $0["net_speaking_density"]?.double }
        densities.append(densities[1])  // The turn is the second recording once more.
        let expected = densities.reduce(0, +) / 3
        #expect(abs((day["avg_net_speaking_density"]?.double ?? 0) - expected) < 1e-9)
        let turn = try #require(try await school.bench.status(of: "turn-2")["result"]?.map?["pace_ratio"]?.double)
        let paces = results.compactMap { $0["pace_ratio"]?.double } + [turn]
        #expect(paces.count == 3)
        #expect(abs((day["avg_pace_ratio"]?.double ?? 0) - paces.reduce(0, +) / 3) < 1e-6)
        #expect(try abs(#require(day["avg_response_latency"]?.double) - 1200) <= 60)
    }

    @Test("a recording scored again replaces what it added, in the day and in its session")
    func scoredAgain() async throws {
        let school = try await School()
        try await school.record("a.wav", speechSeconds: 2, from: 0.5, of: 3)
        try await school.record("b.wav", speechSeconds: 3, from: 1.2, of: 5.4)
        try await school.score("a.wav", 0, session: "2026-01-05T01:00:00.000Z", id: "first")
        try await school.work()
        try await school.score("b.wav", 0, session: "2026-01-05T02:00:00.000Z", id: "second")
        try await school.work()
        let day = try #require(try await school.day("2026-01-05"))
        #expect(day["practice_count"] == 1)
        #expect(day["total_recording_time"] == 5400)
        let sessions = try await school.items(.learningSessions)
        let spoken = sessions.map { $0["speaking_duration"] }
        #expect(spoken.contains(0))
        #expect(spoken.contains(day["total_speaking_time"]))
    }

    @Test("a recording after midnight in Seoul belongs to the next day")
    func schoolDay() async throws {
        let school = try await School()
        try await school.record("a.wav", speechSeconds: 2, from: 0.5, of: 3)
        try await school.score("a.wav", 0, at: "2026-01-05T14:59:59.999Z")
        try await school.score("a.wav", 1, at: "2026-01-05T15:00:00.000Z")
        try await school.work()
        #expect(try await school.day("2026-01-05")?["practice_count"] == 1)
        #expect(try await school.day("2026-01-06")?["practice_count"] == 1)
    }

    @Test("a day without a student is recomputed for everybody who was active")
    func fanOut() async throws {
        let school = try await School()
        try await school.record("a.wav", speechSeconds: 2, from: 0.5, of: 3)
        for student in ["a@example.com", "b@example.com", "c@example.com"] {
            try await school.score("a.wav", 0, student: student, id: student)
        }
        try await school.work()
        for student in ["a@example.com", "b@example.com"] {
            try await school.bench.folder.documents.write(
                DocumentWrite(
                    table: Table.dailyStatistics.name,
                    .delete(key: ["student_email": .string(student), "date": "2026-01-05"])))
        }
        try await school.aggregate("2026-01-05", student: nil)
        try await school.work()
        for student in ["a@example.com", "b@example.com", "c@example.com"] {
            #expect(try await school.day("2026-01-05", of: student)?["practice_count"] == 1)
        }
    }

    @Test("a day whose results are gone is left as it is")
    func oldDay() async throws {
        let school = try await School()
        try await school.record("a.wav", speechSeconds: 2, from: 0.5, of: 3)
        try await school.score("a.wav", 0)
        try await school.work()
        school.bench.clock.advance(by: .days(31))
        try await school.bench.folder.documents.sweepExpired(limit: 100)
        try await school.aggregate("2026-01-05")
        try await school.work()
        #expect(try await school.day("2026-01-05")?["practice_count"] == 1)
        let status = try await school.bench.status(of: "aggregate-2026-01-05-s@example.com")
        #expect(status["status"] == "FAILED")
    }

    @Test("a day that has not begun is refused")
    func future() async throws {
        let school = try await School()
        try await school.aggregate("2026-01-06")
        try await school.work()
        let status = try await school.bench.status(of: "aggregate-2026-01-06-s@example.com")
        #expect(status["error"] == "The day 2026-01-06 has not begun.")
    }
}

extension Item {
    func removing(_ names: String...) -> Item { filter { !names.contains($0.key) } }
}
