#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What a recording sounds like to someone who knows no words: the likeliest sequence of any sounds.
struct PhoneLoop {
    /// By frame: the codebook of the likeliest sound, and its score there.
    private(set) var codebooks: [Int]
    private(set) var scores: [Float]
    /// By frame: whether a sound begins there.
    private(set) var begins: [Bool]

    /// Log probability of beginning a sound: any of 41, and a penalty of 3 against sounds of a moment.
    private static let entryCost: Float = -logf(41) - 3

    /// - Parameter plain: Scores of all the model's sounds.
    /// - Complexity: O(frames · sounds).
    init(_ plain: PlainScores, model: AcousticModel) {
        let sounds = model.soundCodebooks
        let columns = sounds.flatMap { codebook in
            (0..<ModelDefinition.statesPerPhone).map { PlainScores.column(codebook: codebook, state: $0) }
        }
        let states = ModelDefinition.statesPerPhone
        let costs = sounds.flatMap { codebook in (0..<states).map { model.transitions[codebook, $0] } }
        var current = [Float](repeating: -.infinity, count: columns.count)
        /// By frame and state: whether it was entered; and by frame: the sound whose end was likeliest.
        var entered = [Bool](repeating: false, count: plain.frameCount * columns.count)
        var lastSound = [Int](repeating: 0, count: plain.frameCount)
        var bestEnd: Float = 0
        for frame in 0..<plain.frameCount {
            let row = frame * columns.count
            // From the last state to the first, so that each still sees the frame before.
            for state in columns.indices.reversed() {
                let enter = state % states == 0 ? bestEnd + Self.entryCost : current[state - 1] + costs[state - 1].leave
                let stay = current[state] + costs[state].stay
                entered[row + state] = enter > stay
                current[state] = max(enter, stay) + plain[frame, columns[state]]
            }
            (bestEnd, lastSound[frame]) = (-.infinity, 0)
            for sound in sounds.indices {
                let last = sound * states + states - 1
                let end = current[last] + costs[last].leave
                if end > bestEnd { (bestEnd, lastSound[frame]) = (end, sound) }
            }
        }
        codebooks = [Int](repeating: 0, count: plain.frameCount)
        scores = [Float](repeating: 0, count: plain.frameCount)
        begins = [Bool](repeating: false, count: plain.frameCount)
        var state = (lastSound.last ?? 0) * states + states - 1
        for frame in (0..<plain.frameCount).reversed() {
            codebooks[frame] = sounds[state / states]
            scores[frame] = plain[frame, columns[state]]
            guard entered[frame * columns.count + state] else { continue }
            if state % states > 0 {
                state -= 1
            } else {
                begins[frame] = true
                if frame > 0 { state = lastSound[frame - 1] * states + states - 1 }
            }
        }
    }
}
