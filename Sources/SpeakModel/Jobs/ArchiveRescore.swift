package import JSON

/// Scores one chunk of an archive of recordings again.
package struct ArchiveRescore: JobPayload {
    package static let kind = JobKind.archiveRescore
    package static let summary = "Scores one chunk of an archive of recordings again."

    package static let fields: [PayloadField] = [
        .required(
            "manifest_s3key", .name(maximumLength: 1024), "The archive's manifest, in the bucket speaktracker-audio."),
        .required("first", .integer(0...1_000_000_000), "The chunk's first line in the manifest, from 0."),
        .required("count", .integer(1...1_000_000), "How many lines the chunk has."),
        .required("output_s3key", .name(maximumLength: 1024), "Where the results go, in the same bucket."),
        .optional("update", .boolean, "Whether PronunciationResults are replaced too; false when left out."),
    ]

    package var manifestS3Key: String
    package var first: Int
    package var count: Int
    package var outputS3Key: String
    package var update: Bool?

    package init(manifestS3Key: String, first: Int, count: Int, outputS3Key: String, update: Bool? = nil) {
        (self.manifestS3Key, self.first, self.count) = (manifestS3Key, first, count)
        (self.outputS3Key, self.update) = (outputS3Key, update)
    }

    package init(_ values: PayloadValues) {
        manifestS3Key = values.string("manifest_s3key")
        first = values.integer("first")
        count = values.integer("count")
        outputS3Key = values.string("output_s3key")
        update = values.optionalBool("update")
    }

    package var values: [String: JSONValue?] {
        [
            "manifest_s3key": .string(manifestS3Key),
            "first": .number(first),
            "count": .number(count),
            "output_s3key": .string(outputS3Key),
            "update": update.map { .bool($0) },
        ]
    }
}
