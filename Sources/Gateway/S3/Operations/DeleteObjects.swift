import Objects
import XML

extension S3Operation {
    static let deleteObjects = S3Operation("DeleteObjects") { call in
        let document = try await call.document("Delete")
        let entries = document.all("Object")
        guard (1...1000).contains(entries.count) else { throw AWSError.malformedXML }
        let bucket = try call.bucket
        var (keys, failures) = ([String](), [(key: String, error: AWSError)]())
        for entry in entries {
            guard let key = entry.text("Key") else { throw AWSError.malformedXML }
            if let version = entry.text("VersionId"), version != "null" {
                failures.append((key, .s3("NoSuchVersion", "The specified version does not exist.", status: 404)))
                continue
            }
            do {
                _ = try ObjectKey(key)
                if let etag = entry.text("ETag") {
                    try await call.objects.delete(key, in: bucket, if: .etag(Conditions.unquoted(etag[...])))
                    continue
                }
                keys.append(key)
            } catch let error as ObjectError {
                failures.append((key, AWSError(error)))
            }
        }
        try await call.objects.delete(keys, in: bucket)
        let isQuiet = document.text("Quiet") == "true"
        let failed = Set(failures.map(\.key))
        let deleted = isQuiet ? [] : entries.compactMap { $0.text("Key") }.filter { !failed.contains($0) }
        return .xml("DeleteResult") { writer in
            for key in deleted { writer.element("Deleted") { $0.element("Key", key) } }
            for (key, error) in failures {
                writer.element("Error") {
                    $0.element("Key", key)
                    $0.element("Code", error.code)
                    $0.element("Message", error.message)
                }
            }
        }
    }
}
