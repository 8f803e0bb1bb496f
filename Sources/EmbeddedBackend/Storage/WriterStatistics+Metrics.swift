package import Telemetry

extension WriterStatistics {
    package var metrics: [MetricFamily] {
        [
            MetricFamily(
                "speaktracker_store_operations_total", .counter,
                help: "Writes committed, by whether their callers waited for the disk.",
                [
                    .init(["durability": "durable"], Double(durableOperations)),
                    .init(["durability": "lease"], Double(operations - durableOperations)),
                ]),
            MetricFamily(
                "speaktracker_store_commits_total", .counter,
                help: "Transactions committed, by whether they waited for the disk: an fsync each, checkpoints apart.",
                [
                    .init(["synced": "true"], Double(syncedCommits)),
                    .init(["synced": "false"], Double(commits - syncedCommits)),
                ]),
        ]
    }
}
