import Documents
import JSON
import SpeakModel

extension Operation {
    static let scan = Operation(
        "Scan",
        input: PageRequest.members + [
            .init("ScanFilter", .any), .init("Segment", .integer), .init("TotalSegments", .integer),
        ]
    ) { call -> Answer in
        var page = try PageRequest(call, expressions: ["FilterExpression", "ProjectionExpression"])
        let filter = try page.request.filter("ScanFilter")
        try page.readProjection()
        let segment = try call.segment()
        let table = try await call.table().schema
        try page.findIndex(in: table)
        let found = try await call.documents.scan(
            DocumentScan(
                table: table.name, index: page.index?.name, filter: filter, limit: page.limit,
                startAfter: page.start, segment: segment))
        return try page.answer(found, table)
    }
}

extension Call {
    fileprivate func segment() throws(AWSError) -> DocumentScan.Segment? {
        switch (input["Segment"]?.int, input["TotalSegments"]?.int) {
        case (nil, nil): return nil
        case (nil, .some):
            throw .validation(
                "The Segment parameter is required but was not present in the request when parameter TotalSegments is present"
            )
        case (.some, nil):
            throw .validation(
                "The TotalSegments parameter is required but was not present in the request when Segment parameter is present"
            )
        case (let number?, let count?):
            guard (1...1_000_000).contains(count) else {
                throw .validation(
                    "1 validation error detected: Value '\(count)' at 'totalSegments' failed to satisfy constraint: "
                        + "Member must have value \(count < 1 ? "greater than or equal to 1" : "less than or equal to 1000000")"
                )
            }
            guard number >= 0 else {
                throw .validation(
                    "1 validation error detected: Value '\(number)' at 'segment' failed to satisfy constraint: "
                        + "Member must have value greater than or equal to 0")
            }
            guard number < count else {
                throw .validation(
                    "The Segment parameter is zero-based and must be less than parameter TotalSegments: "
                        + "Segment: \(number) is not less than TotalSegments: \(count)")
            }
            return DocumentScan.Segment(number: number, count: count)
        }
    }
}
