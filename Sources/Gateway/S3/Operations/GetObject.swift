import HTTPTypes
import Objects

extension S3Operation {
    static let getObject = S3Operation("GetObject") { call in
        let (object, range, answer) = try await opened(call)
        var whole = answer
        whole.body = .object(object, range)
        return whole
    }

    static let headObject = S3Operation("HeadObject") { call in
        let (_, range, answer) = try await opened(call)
        var whole = answer
        whole.body = .length(range.count)
        return whole
    }

    /// Opens the object and chooses what of it is asked for.
    private static func opened(_ call: S3Call) async throws -> (any OpenObject, Range<Int>, S3Answer) {
        try call.checkVersion()
        let (bucket, key) = (try call.bucket, try call.key)
        guard let object = try await call.objects.open(key, in: bucket) else { throw AWSError.noSuchKey(key) }
        let info = object.info
        guard try Conditions.check(call.headers, info) else {
            var answer = S3Answer(status: .notModified)
            answer.headers = info.answerHeaders(call.query)
            answer.headers[.contentType] = nil
            return (object, 0..<0, answer)
        }
        var answer = S3Answer(headers: info.answerHeaders(call.query))
        answer.headers[.amzExpiration] = try await call.expiration(of: info)
        let range = try chosenRange(call, object, &answer)
        if call.headers[.amzChecksumMode]?.uppercased() == "ENABLED",
            range.count == info.bytes || call.isAsked("partNumber")
        {
            checksum(of: object, call)?.add(to: &answer.headers)
        }
        return (object, range, answer)
    }

    private static func chosenRange(
        _ call: S3Call, _ object: any OpenObject, _ answer: inout S3Answer
    ) throws(AWSError) -> Range<Int> {
        let size = object.info.bytes
        var range = 0..<size
        if call.isAsked("partNumber") {
            guard call.headers[.range] == nil else {
                throw .invalidRequest("Cannot specify both Range header and partNumber query parameter")
            }
            let number = try call.partNumber()
            let sizes = object.partSizes
            guard number <= sizes.count else {
                throw .s3("InvalidPartNumber", "The requested partnumber is not satisfiable", status: 416)
            }
            let start = sizes[..<(number - 1)].reduce(0, +)
            range = start..<(start + sizes[number - 1])
            if object.info.partCount != nil { answer.headers[.amzPartsCount] = String(sizes.count) }
            answer.status = .partialContent
        } else if let header = call.headers[.range], let wanted = RangeHeader.range(header) {
            guard let found = RangeHeader.cut(wanted, toSize: size) else { throw .invalidRange(header, size: size) }
            range = found
            answer.status = .partialContent
        }
        if answer.status == .partialContent, !range.isEmpty {
            answer.headers[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(size)"
        }
        return range
    }

    private static func checksum(of object: any OpenObject, _ call: S3Call) -> Checksum? {
        guard let number = call.query["partNumber"].flatMap({ Int($0) }), (1...object.parts.count).contains(number)
        else { return object.info.checksum }
        return object.parts[number - 1].checksum
    }
}
