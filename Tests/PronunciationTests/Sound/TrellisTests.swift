import TestSupport
import Testing

@testable import Pronunciation

@Suite struct TrellisTests {
    /// A chain of states in which some may be left out, with random scores.
    private struct Case {
        var trellis = Trellis()
        let end: Int
        let states: [Int]
        let scores: [Float]
        let frameCount: Int

        init(states count: Int, frames: Int, generator: inout SeededGenerator) {
            frameCount = frames
            var boundary = trellis.start
            var states: [Int] = []
            for column in 0..<count {
                let state = trellis.addState(column: column, stay: -0.1, Trellis.Edge(source: boundary, cost: -0.5))
                states.append(state)
                let skip = Trellis.Edge(source: boundary, cost: column.isMultiple(of: 2) ? -1 : -100)
                boundary = trellis.addJunction([Trellis.Edge(source: state, cost: -0.2), skip])
            }
            (end, self.states) = (boundary, states)
            scores = (0..<count * frames).map { _ in Float.random(in: -3...0, using: &generator) }
        }

        /// The best score of all ways, by trying every assignment of states to frames.
        func exhaustiveScore() -> Float {
            func best(from state: Int, frame: Int) -> Float {
                let own = scores[frame * states.count + state]
                if frame + 1 == frameCount { return own - 0.2 + skips(after: state, to: states.count) }
                var result = own - 0.1 + best(from: state, frame: frame + 1)
                for next in state + 1..<max(state + 1, states.count) {
                    let cost = -0.2 + skips(after: state, to: next) - 0.5
                    result = max(result, own + cost + best(from: next, frame: frame + 1))
                }
                return result
            }
            return (0..<states.count).map { skips(after: -1, to: $0) - 0.5 + best(from: $0, frame: 0) }.max() ?? 0
        }

        private func skips(after state: Int, to next: Int) -> Float {
            (state + 1..<max(state + 1, next)).reduce(0) { $0 + ($1.isMultiple(of: 2) ? -1 : -100) }
        }

        func score(of path: [Int]) -> Float {
            let columns = path.map { states.firstIndex(of: $0) ?? 0 }
            var sum = skips(after: -1, to: columns[0]) - 0.5
            for (frame, column) in columns.enumerated() {
                sum += scores[frame * states.count + column]
                guard frame + 1 < columns.count else { continue }
                let next = columns[frame + 1]
                sum += next == column ? -0.1 : -0.2 + skips(after: column, to: next) - 0.5
            }
            return sum - 0.2 + skips(after: columns[columns.count - 1], to: states.count)
        }
    }

    @Test("the path is the best of all there are", arguments: 1...30)
    func exact(_ seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let own = Case(states: 4, frames: 6, generator: &generator)
        let path = try #require(
            own.trellis.bestPath(frameCount: 6, scores: own.scores, columnCount: 4, end: own.end))
        #expect(path.count == 6)
        #expect(abs(own.score(of: path) - own.exhaustiveScore()) < 1e-4)
    }

    @Test("a long recording, searched in blocks, has the same path as one block would find")
    func blocks() throws {
        var generator = SeededGenerator(seed: 9)
        let own = Case(states: 12, frames: 900, generator: &generator)
        let path = try #require(
            own.trellis.bestPath(frameCount: 900, scores: own.scores, columnCount: 12, end: own.end))
        #expect(path.count == 900)
        // The same by dynamic programming over all frames at once, in double precision.
        var best = [Double](repeating: -.infinity, count: 12)
        func skips(_ from: Int, _ to: Int) -> Double {
            (from..<max(from, to)).reduce(0) { $0 + ($1.isMultiple(of: 2) ? -1 : -100) }
        }
        for frame in 0..<900 {
            best = (0..<12).map { column in
                let enter =
                    frame == 0
                    ? skips(0, column) - 0.5
                    : (0..<column).map { best[$0] - 0.7 + skips($0 + 1, column) }.max() ?? -.infinity
                return max(enter, best[column] - 0.1) + Double(own.scores[frame * 12 + column])
            }
        }
        let total = (0..<12).map { best[$0] - 0.2 + skips($0 + 1, 12) }.max() ?? 0
        #expect(abs(Double(own.score(of: path)) - total) < 0.05)
    }

    @Test("there is no path through more states than frames")
    func tooShort() {
        var trellis = Trellis()
        var edge = Trellis.Edge(source: trellis.start)
        for column in 0..<3 { edge = Trellis.Edge(source: trellis.addState(column: column, stay: 0, edge)) }
        #expect(trellis.bestPath(frameCount: 2, scores: [0, 0, 0, 0, 0, 0], columnCount: 3, end: edge.source) == nil)
        #expect(trellis.bestPath(frameCount: 0, scores: [], columnCount: 3, end: edge.source) == nil)
    }
}
