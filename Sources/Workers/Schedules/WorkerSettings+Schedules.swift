import JSON

extension WorkerSettings {
    /// The program's own schedules and the configured ones.
    package var allSchedules: [Schedule] { Schedule.all(configured: schedules) }
}

extension SettingsObject {
    /// Reads the schedules of a document; each has a name of its own.
    mutating func schedules() throws(SettingsError) -> [Schedule] {
        var schedules: [Schedule] = []
        for (index, value) in (try values("schedules") ?? []).enumerated() {
            let place = "\(path(to: "schedules"))[\(index)]"
            let schedule: Schedule
            do { schedule = try Schedule(value) } catch { throw SettingsError(path: place, problem: error.problem) }
            if schedules.contains(where: { $0.name == schedule.name }) {
                throw SettingsError(path: place, problem: "has the name of an earlier one, \(schedule.name)")
            }
            schedules.append(schedule)
        }
        return schedules
    }
}
