import Foundation

/// A week of one queue and the tasks that serve it, second by second.
///
/// Jobs wait in order; the tasks together do so many a second. A rule looks at the metrics of each minute when the next one
/// ends. More tasks come after three minutes that ask for them, and take a minute to start; fewer after fifteen
/// minutes below nine tenths of what there is. There are at most twice as many as the busiest second
/// needs. These are the habits of Application Auto Scaling and of Fargate, as assumptions.
struct PoolSimulation {
    struct Result {
        var share99InSeconds = 0
        var longestWaitInSeconds = 0
        /// Of all jobs, those that waited longer than the target.
        var late = 0.0
        var peakTasks = 0
        var taskHoursPerDay = 0.0
    }

    private static let startSeconds = 60
    private static let minutesToGrow = 3
    private static let minutesToShrink = 15
    private static let days = 7

    let school: School
    let rule: ScalingRule
    /// What one task does in a second.
    let jobsPerTask: Double
    let targetAge: Double

    func run(seed: UInt64) -> Result {
        var random = SplitMix(state: seed)
        var waiting = WaitingJobs()
        let peak = tasks(for: school.peakRate)
        let lessons = tasks(for: school.lessonRate(within: targetAge))
        var tasks = rule == .fixed ? peak : 1
        var starting: [(ready: Int, count: Int)] = []
        var minute = MinuteMetrics()
        var (above, below) = (0, 0)
        var last: ScalingRule.Metrics?
        var result = Result(peakTasks: tasks)
        for second in 0..<Self.days * 86_400 {
            for start in starting where start.ready == second { tasks += start.count }
            starting.removeAll { $0.ready <= second }
            let arrived = random.poisson(school.rate(at: second))
            waiting.append(arrived, at: second)
            let served = waiting.serve(upTo: Double(tasks) * jobsPerTask, at: second)
            minute.note(
                arrived: arrived, served: served, capacity: Double(tasks) * jobsPerTask, waiting: waiting, at: second)
            result.taskHoursPerDay += Double(tasks + starting.reduce(0) { $0 + $1.count }) / 3600 / Double(Self.days)
            guard second % 60 == 59 else { continue }
            defer { last = minute.end() }
            guard let seen = last else { continue }
            let all = tasks + starting.reduce(0) { $0 + $1.count }
            let raw = rule.wanted(seen, tasks: all, jobsPerTask: jobsPerTask, targetAge: targetAge)
            let floor = rule == .arrivalsBacklogAndClock && School.lessonsEnd(at: second) ? lessons : 1
            let wanted = min(2 * peak, max(floor, Int(raw.rounded(.up))))
            above = wanted > all ? above + 1 : 0
            below = wanted < all && raw < 0.9 * Double(all) ? below + 1 : 0
            if above >= Self.minutesToGrow || floor > all {
                starting.append((second + Self.startSeconds, wanted - all))
            } else if below >= Self.minutesToShrink, starting.isEmpty {
                tasks = wanted
            }
            result.peakTasks = max(result.peakTasks, tasks)
        }
        result.share99InSeconds = waiting.wait(ofShare: 0.99)
        result.longestWaitInSeconds = waiting.wait(ofShare: 1)
        result.late = waiting.share(longerThan: Int(targetAge))
        return result
    }

    private func tasks(for rate: Double) -> Int { max(1, Int((rate / jobsPerTask).rounded(.up))) }
}

/// Jobs in the order of their arrival, a number a second, and how long those waited that are done.
private struct WaitingJobs {
    private var jobs: [(second: Int, count: Double)] = []
    private var first = 0
    private(set) var count = 0.0
    /// Jobs by the seconds that they have waited.
    private var waits: [Double] = []

    mutating func append(_ arrived: Int, at second: Int) {
        guard arrived > 0 else { return }
        jobs.append((second, Double(arrived)))
        count += Double(arrived)
    }

    mutating func serve(upTo capacity: Double, at second: Int) -> Double {
        var rest = capacity
        while rest > 0, first < jobs.count {
            let done = min(rest, jobs[first].count)
            note(done, waited: second - jobs[first].second)
            jobs[first].count -= done
            rest -= done
            if jobs[first].count == 0 { first += 1 }
        }
        count = max(0, count - (capacity - rest))
        return capacity - rest
    }

    func ageOfOldest(at second: Int) -> Double { first < jobs.count ? Double(second - jobs[first].second) : 0 }

    private mutating func note(_ count: Double, waited seconds: Int) {
        if waits.count <= seconds { waits += Array(repeating: 0, count: seconds + 1 - waits.count) }
        waits[seconds] += count
    }

    func wait(ofShare share: Double) -> Int {
        let wanted = share * waits.reduce(0, +)
        var sum = 0.0
        for (seconds, count) in waits.enumerated() {
            sum += count
            if sum >= wanted - 1e-6 { return seconds }
        }
        return waits.count - 1
    }

    func share(longerThan seconds: Int) -> Double {
        waits.dropFirst(seconds + 1).reduce(0, +) / max(1, waits.reduce(0, +))
    }
}

private struct MinuteMetrics {
    private var (arrived, served, capacity, waiting, oldest) = (0, 0.0, 0.0, 0.0, 0.0)

    mutating func note(arrived: Int, served: Double, capacity: Double, waiting jobs: WaitingJobs, at second: Int) {
        self.arrived += arrived
        self.served += served
        self.capacity += capacity
        waiting = max(waiting, jobs.count)
        oldest = max(oldest, jobs.ageOfOldest(at: second))
    }

    mutating func end() -> ScalingRule.Metrics {
        defer { self = MinuteMetrics() }
        return .init(
            sentPerSecond: Double(arrived) / 60, waiting: waiting,
            utilisation: capacity > 0 ? served / capacity : 0, ageOfOldestInSeconds: oldest)
    }
}

/// Sebastiano Vigna's splitmix64, so that a week can be told again.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Knuth's product of uniform numbers, and the normal distribution where there would be many.
    mutating func poisson(_ mean: Double) -> Int {
        if mean > 50 {
            let (u, v) = (
                Double.random(in: .leastNonzeroMagnitude..<1, using: &self), Double.random(in: 0..<1, using: &self)
            )
            let normal = (-2 * log(u)).squareRoot() * cos(2 * .pi * v)
            return max(0, Int((mean + normal * mean.squareRoot()).rounded()))
        }
        let limit = exp(-mean)
        var (count, product) = (0, Double.random(in: 0..<1, using: &self))
        while product > limit {
            count += 1
            product *= Double.random(in: 0..<1, using: &self)
        }
        return count
    }
}
