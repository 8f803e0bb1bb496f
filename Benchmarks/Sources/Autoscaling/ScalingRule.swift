/// How many tasks a service should have, decided once a minute from the metrics of the minute before.
enum ScalingRule: CaseIterable {
    /// As many tasks as the busiest second needs, all day.
    case fixed
    /// Target tracking of the tasks' processor time, 70 %.
    case processorTime
    /// In proportion to the age of the oldest message beside the target age.
    case ageOfOldest
    /// Target tracking of the waiting messages a task, which are what it does within the target age.
    case backlogPerTask
    /// Target tracking of what comes in and what waits within the target age, beside what the tasks can do.
    case arrivalsAndBacklog
    /// The same, and a floor by the clock while lessons end.
    case arrivalsBacklogAndClock

    var label: String {
        switch self {
        case .fixed: "fixed, for the peak"
        case .processorTime: "CPU at 70 %"
        case .ageOfOldest: "age of the oldest message"
        case .backlogPerTask: "waiting messages a task"
        case .arrivalsAndBacklog: "messages sent and waiting"
        case .arrivalsBacklogAndClock: "these, and a floor while lessons end"
        }
    }

    /// What CloudWatch has for a minute that is over.
    struct Metrics {
        var sentPerSecond: Double
        var waiting: Double
        /// Of the tasks' processors, 0 to 1.
        var utilisation: Double
        var ageOfOldestInSeconds: Double
    }

    /// - Parameter jobsPerTask: What one task does in a second.
    func wanted(_ metrics: Metrics, tasks: Int, jobsPerTask: Double, targetAge: Double) -> Double {
        let backlog = metrics.waiting / (targetAge * jobsPerTask)
        return switch self {
        case .fixed: Double(tasks)
        case .processorTime: Double(tasks) * metrics.utilisation / 0.7
        case .ageOfOldest: Double(tasks) * metrics.ageOfOldestInSeconds / targetAge
        case .backlogPerTask: backlog
        case .arrivalsAndBacklog, .arrivalsBacklogAndClock: backlog + metrics.sentPerSecond / jobsPerTask
        }
    }
}
