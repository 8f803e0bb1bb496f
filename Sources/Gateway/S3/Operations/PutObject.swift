import HTTPTypes
import Objects

extension S3Operation {
    static let putObject = S3Operation("PutObject") { call in
        let draft = try ObjectHeaders.draft(call)
        let condition = try Conditions.condition(call.headers)
        let bucket = try call.bucket
        let received = try await call.payload.receive(for: draft.key, in: bucket, of: call.objects)
        let info = try await call.objects.put(
            received.body, as: draft, checksum: received.checksum, in: bucket, if: condition)
        var answer = S3Answer(headers: [.eTag: info.quotedETag])
        info.checksum?.add(to: &answer.headers)
        answer.headers[.amzExpiration] = try await call.expiration(of: info)
        return answer
    }
}
