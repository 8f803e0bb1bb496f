import Processes
package import Workers

/// The processes of a pool: a value that is told what happened, and answers what to do.
///
/// A process that dies is replaced after a pause, one that has done enough at once. Only one process at a time makes room
/// for another, so that the others go on working.
package struct PoolState: Sendable {
    package typealias Instant = ContinuousClock.Instant

    private struct Place {
        enum Phase { case pausing, starting, receiving, leaving, done }

        var worker: WorkerID
        var phase: Phase
        var startedAt: Instant
        var jobs = 0
        var deathsInARow = 0
        /// Why the last process could not begin.
        var failure: StartFailure?

        var isAlive: Bool { phase == .starting || phase == .receiving }
    }

    private var settings: PoolSettings
    /// Whether processes end when there is nothing left to do.
    private let endsWhenEmpty: Bool
    private let restarts: RestartPolicy
    private var places: [Int: Place] = [:]
    /// How many processes there have been in each place, those of places that are gone too: what is said of one late shall
    /// not be taken for another.
    private var generations: [Int: Int] = [:]
    private var hasReceived = false
    private var isStopping = false
    /// The place where a process makes room for another, until that one receives.
    private var replacing: Int?
    private var toReplace: [Int] = []

    package init(settings: PoolSettings, endsWhenEmpty: Bool, restarts: RestartPolicy = RestartPolicy()) {
        self.settings = settings
        self.endsWhenEmpty = endsWhenEmpty
        self.restarts = restarts
    }

    package mutating func answer(_ event: PoolEvent, at now: Instant) -> [PoolAction] {
        switch event {
        case .began: fillPlaces(at: now)
        case .receiving(let worker): note(receiving: worker)
        case .finishedJob(let worker, let bytes): note(finishedJob: worker, residentBytes: bytes)
        case .ended(let worker, let ending, let failure): note(ended: worker, ending, failure, at: now)
        case .deadlinePassed(let worker): isCurrent(worker) ? [.kill(worker)] : []
        case .pauseOver(let place): places[place]?.phase == .pausing ? [start(in: place, at: now)] : []
        case .settingsChanged(let settings): change(to: settings, at: now)
        case .toldToStop: stop()
        }
    }

    private var size: Int { settings.processes ?? 1 }

    /// Whether this process is the latest in its place and has not ended.
    private func isCurrent(_ worker: WorkerID) -> Bool {
        guard let place = places[worker.place], place.worker == worker else { return false }
        return place.phase != .pausing && place.phase != .done
    }

    private mutating func fillPlaces(at now: Instant) -> [PoolAction] {
        (1...size).filter { places[$0] == nil }.map { start(in: $0, at: now) }
    }

    private mutating func start(in number: Int, at now: Instant) -> PoolAction {
        generations[number, default: 0] += 1
        let worker = WorkerID(place: number, generation: generations[number, default: 0])
        var place = places[number] ?? Place(worker: worker, phase: .starting, startedAt: now)
        (place.worker, place.phase, place.startedAt, place.jobs) = (worker, .starting, now, 0)
        places[number] = place
        return .start(worker)
    }

    private mutating func terminate(_ number: Int) -> [PoolAction] {
        guard let place = places[number], place.isAlive else { return [] }
        places[number]?.phase = .leaving
        return [.terminate(place.worker)]
    }
}

/// Processes that live.
extension PoolState {
    private mutating func note(receiving worker: WorkerID) -> [PoolAction] {
        guard isCurrent(worker), places[worker.place]?.phase == .starting else { return [] }
        hasReceived = true
        places[worker.place]?.phase = .receiving
        places[worker.place]?.failure = nil
        if replacing == worker.place { replacing = nil }
        return replaceNext()
    }

    private mutating func note(finishedJob worker: WorkerID, residentBytes: Int) -> [PoolAction] {
        guard isCurrent(worker), var place = places[worker.place] else { return [] }
        place.jobs += 1
        places[worker.place] = place
        guard place.phase == .receiving, !toReplace.contains(worker.place),
            isSpent(place, residentBytes: residentBytes)
        else { return [] }
        toReplace.append(worker.place)
        return replaceNext()
    }

    private func isSpent(_ place: Place, residentBytes: Int) -> Bool {
        place.jobs >= settings.mostJobs ?? .max || residentBytes > settings.mostResidentBytes ?? .max
    }

    private mutating func replaceNext() -> [PoolAction] {
        while replacing == nil, !isStopping, !toReplace.isEmpty {
            let number = toReplace.removeFirst()
            guard places[number]?.isAlive == true else { continue }
            replacing = number
            return terminate(number)
        }
        return []
    }
}

/// Processes that have ended.
extension PoolState {
    private mutating func note(
        ended worker: WorkerID, _ ending: ProcessEnding, _ failure: StartFailure?, at now: Instant
    ) -> [PoolAction] {
        guard isCurrent(worker), let place = places[worker.place] else { return [] }
        if isStopping || worker.place > size { return leave(worker.place) }
        if place.phase == .leaving { return [start(in: worker.place, at: now)] }
        if endsWhenEmpty, ending == .exited(status: 0) {
            places[worker.place]?.phase = .done
        } else {
            noteDeath(of: place, ending, failure, at: now)
        }
        return giveUpReplacing(worker.place) + (verdict ?? pauseAfterDeath(worker.place))
    }

    private mutating func leave(_ number: Int) -> [PoolAction] {
        places[number] = nil
        if replacing == number { replacing = nil }
        return places.isEmpty ? [.end(nil)] : verdict ?? replaceNext()
    }

    private mutating func noteDeath(
        of place: Place, _ ending: ProcessEnding, _ failure: StartFailure?, at now: Instant
    ) {
        var place = place
        place.deathsInARow = now - place.startedAt >= restarts.longLife ? 1 : place.deathsInARow + 1
        // Whoever was killed may begin the next time.
        if case .exited(let status) = ending, status != 0, place.phase == .starting {
            place.failure = failure ?? StartFailure(status: status, description: Self.silentEnd(status))
        }
        place.phase = .pausing
        places[place.worker.place] = place
    }

    private static func silentEnd(_ status: CInt) -> String {
        "A worker process ended with status \(status) before it could begin."
    }

    /// What has taken another's place could not begin: those that work are better left to it.
    private mutating func giveUpReplacing(_ number: Int) -> [PoolAction] {
        guard replacing == number else { return [] }
        replacing = nil
        if places[number]?.failure != nil { toReplace = [] }
        return replaceNext()
    }

    /// The end, if no process does or can do anything.
    private var verdict: [PoolAction]? {
        guard places.values.allSatisfy({ $0.phase == .done || $0.phase == .pausing && $0.failure != nil }) else {
            return nil
        }
        guard let failure = places.sorted(by: { $0.key < $1.key }).lazy.compactMap(\.value.failure).first else {
            return [.end(nil)]
        }
        return !hasReceived || endsWhenEmpty ? [.end(failure)] : nil
    }

    private func pauseAfterDeath(_ number: Int) -> [PoolAction] {
        guard let place = places[number], place.phase == .pausing else { return [] }
        return [.pause(place: number, restarts.pause(afterDeaths: place.deathsInARow))]
    }
}

/// Orders from outside.
extension PoolState {
    private mutating func change(to settings: PoolSettings, at now: Instant) -> [PoolAction] {
        guard !isStopping else { return [] }
        let isReplacing = replacing.map { places[$0]?.phase == .leaving } ?? false
        self.settings = settings
        let surplus = places.keys.filter { $0 > size }.sorted().flatMap { dismiss($0) }
        toReplace = places.keys.filter { $0 <= size && places[$0]?.isAlive == true }.sorted()
        // One that has begun with the former settings must not hold up its own replacement.
        if !isReplacing { replacing = nil }
        return surplus + fillPlaces(at: now) + replaceNext()
    }

    private mutating func stop() -> [PoolAction] {
        isStopping = true
        toReplace = []
        let actions = places.keys.sorted().flatMap { dismiss($0) }
        return places.isEmpty ? actions + [.end(nil)] : actions
    }

    private mutating func dismiss(_ number: Int) -> [PoolAction] {
        if let phase = places[number]?.phase, phase == .pausing || phase == .done { places[number] = nil }
        return terminate(number)
    }
}
