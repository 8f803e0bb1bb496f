import Foundation

/// What DynamoDB over HTTP costs the server, by the number of items, beside moto_server over the same client.
enum DocumentsBenchmark {
    static func run(quickly: Bool) async throws {
        print("Machine: \(Machine.description). Median (minimum–maximum) of the runs.\n")
        let runs = quickly ? 1 : 5
        let scale = quickly ? 0.01 : 1.0
        var table = MarkdownTable("server", "items", "GetItem, CPU µs", "UpdateItem, CPU µs", "Query of 50, CPU µs")
        for items in [1e3, 1e5, 1e6].map({ max(1000, Int($0 * scale)) }) {
            try await withTemporaryFolder { path in
                let costs = try await DocumentsSubject(try .speaktracker(in: path)).costs(items, runs)
                table.append("speaktracker serve", grouped(Double(items)), costs[0], costs[1], costs[2])
            }
        }
        let costs = try await DocumentsSubject(try .moto()).costs(1000, runs)
        table.append("moto_server (keeps nothing)", "1,000", costs[0], costs[1], costs[2])
        print(table.text + "\n")
        try await printYear(scale)
    }

    /// The rows that a school makes in a year: 900 students' days, and 60,000 results.
    private static func printYear(_ scale: Double) async throws {
        try await withTemporaryFolder { path in
            let subject = try DocumentsSubject(try .speaktracker(in: path))
            let (days, results) = (Int(328_500 * scale), Int(60_000 * scale))
            try await subject.fill("daily-statistics", days) { number in
                """
                {"student_email":{"S":"student\(number / 365)@example.com"},"date":{"S":"2025-\(number % 365)"},\
                "sessions_count":{"N":"3"},"speaking_time_ms":{"N":"184000"},"average_score":{"N":"81.25"},\
                "pronunciation_score":{"N":"79.5"},"fluency_score":{"N":"84"},"updated_at":{"N":"1760000000000"}}
                """
            }
            let words = (0..<8).map { #"{"M":{"word":{"S":"word\#($0)"},"score":{"N":"8\#($0).5"}}}"# }
                .joined(separator: ",")
            try await subject.fill("pronunciation-results", results) { number in
                """
                {"student_email":{"S":"student\(number % 900)@example.com"},"timestamp":{"S":"2025-01-24T09:\(number)"},\
                "overall":{"N":"81.25"},"words":{"L":[\(words)]}}
                """
            }
            try subject.server.stop()
            let files = try FileManager.default.contentsOfDirectory(atPath: path + "/data")
            let bytes = try files.reduce(0) { sum, file in
                sum + (try FileManager.default.attributesOfItem(atPath: path + "/data/" + file)[.size] as? Int ?? 0)
            }
            print(
                "\(grouped(Double(days))) days and \(grouped(Double(results))) results: "
                    + "\(grouped(Double(bytes) / 1e6)) MB of disk.\n")
        }
    }
}

/// A server that speaks DynamoDB's protocol.
struct DocumentsSubject {
    let server: ServerProcess

    private static let callers = 16
    private static let itemsAPartition = 50

    init(_ server: ServerProcess) throws {
        self.server = server
        let session = try HTTPSession(port: server.port, for: .dynamodb)
        _ = try session.call(
            "CreateTable",
            """
            {"TableName":"bench","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[{"AttributeName":"p",\
            "AttributeType":"S"},{"AttributeName":"s","AttributeType":"N"}],"KeySchema":[{"AttributeName":"p",\
            "KeyType":"HASH"},{"AttributeName":"s","KeyType":"RANGE"}]}
            """)
    }

    /// The processor time of a get, an update and a query.
    func costs(_ items: Int, _ runs: Int) async throws -> [String] {
        try await fill("bench", items) { number in
            """
            {"p":{"S":"student\(number / Self.itemsAPartition)"},"s":{"N":"\(number % Self.itemsAPartition)"},\
            "n":{"N":"0"},"text":{"S":"\(String(repeating: "x", count: 150))"}}
            """
        }
        progress("filled: \(items)")
        var costs: [String] = []
        for (operation, body) in Self.requests {
            let script = Self.script(operation, body, items)
            var sample: [Double] = []
            // The first run warms up.
            for run in 0...runs {
                let before = try server.processorSeconds()
                let load = try LoadGenerator.run(
                    port: server.port, connections: Self.callers, seconds: 2, script: script)
                if run > 0 { sample.append((try server.processorSeconds() - before) / Double(load.requests) * 1e6) }
            }
            costs.append(Sample(sample).text())
            progress("\(operation), \(items): \(costs.last ?? "")")
        }
        try server.stop()
        return costs
    }

    /// Requests about one item, with `%d` for its partition and its number in that.
    private static let requests = [
        ("GetItem", #"{"TableName":"bench","Key":{"p":{"S":"student%d"},"s":{"N":"%d"}}}"#),
        (
            "UpdateItem",
            #"{"TableName":"bench","Key":{"p":{"S":"student%d"},"s":{"N":"%d"}},"UpdateExpression":"ADD n :one","#
                + #""ExpressionAttributeValues":{":one":{"N":"1"}}}"#
        ),
        (
            "Query",
            #"{"TableName":"bench","KeyConditionExpression":"p = :p","#
                + #""ExpressionAttributeValues":{":p":{"S":"student%d"}}}"#
        ),
    ]

    /// 4,096 items at random, the same each time; the requests are made before, so that wrk is not what waits.
    private static func script(_ operation: String, _ body: String, _ items: Int) -> String {
        """
        wrk.method = "POST"
        wrk.headers["Content-Type"] = "application/x-amz-json-1.0"
        wrk.headers["X-Amz-Target"] = "DynamoDB_20120810.\(operation)"
        wrk.headers["Authorization"] = "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/dynamodb/aws4_request, \
        SignedHeaders=host, Signature=0"
        local requests, next = {}, 0
        function init()
            math.randomseed(1)
            for index = 1, 4096 do
                local number = math.random(0, \(items - 1))
                requests[index] = wrk.format(nil, nil, nil, string.format('\(body)', \
        math.floor(number / \(itemsAPartition)), number % \(itemsAPartition)))
            end
        end
        function request()
            next = next % #requests + 1
            return requests[next]
        end
        """
    }

    func fill(_ table: String, _ count: Int, _ item: @escaping @Sendable (Int) -> String) async throws {
        try await onThreads(Self.callers) { caller in
            let session = try HTTPSession(port: server.port, for: .dynamodb)
            for start in stride(from: caller * 25, to: count, by: Self.callers * 25) {
                let puts = (start..<min(count, start + 25)).map { "{\"PutRequest\":{\"Item\":\(item($0))}}" }
                _ = try session.call(
                    "BatchWriteItem", "{\"RequestItems\":{\"\(table)\":[\(puts.joined(separator: ","))]}}")
            }
        }
    }
}
