package import Telemetry

/// What the pages under `/-/` are made of.
package struct PageSources: Sendable {
    /// What `/-/metrics` shows beside what the server itself counts.
    package var metrics: @Sendable () async throws -> [MetricFamily]
    /// Why work cannot be done just now, in a sentence; `nil` where it can.
    package var unreadiness: @Sendable () async -> String?
    /// `nil` where no jobs are taken.
    package var jobs: (any JobDesk)?

    package init(
        metrics: @escaping @Sendable () async throws -> [MetricFamily] = { [] },
        unreadiness: @escaping @Sendable () async -> String? = { nil }, jobs: (any JobDesk)? = nil
    ) {
        self.metrics = metrics
        self.unreadiness = unreadiness
        self.jobs = jobs
    }
}
