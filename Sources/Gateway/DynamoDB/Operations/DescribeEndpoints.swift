import JSON

extension Operation {
    static let describeEndpoints = Operation("DescribeEndpoints", input: []) { call in
        [
            "Endpoints": [
                ["Address": .string(String(call.baseURL.dropFirst("http://".count))), "CachePeriodInMinutes": 1440]
            ]
        ]
    }

    /// The limits that AWS gives a new account; nothing here is bounded by them.
    static let describeLimits = Operation("DescribeLimits", input: []) { _ in
        [
            "AccountMaxReadCapacityUnits": 80_000, "AccountMaxWriteCapacityUnits": 80_000,
            "TableMaxReadCapacityUnits": 40_000, "TableMaxWriteCapacityUnits": 40_000,
        ]
    }
}
