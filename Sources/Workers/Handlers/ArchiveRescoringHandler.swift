import Acoustics
package import Archives
package import Documents
package import Foundation
package import Objects
package import SpeakModel

/// Scores some lines of an archive's manifest, and stores their results as one object.
package struct ArchiveRescoringHandler: JobHandler {
    private let documents: any DocumentStore
    private let objects: any ObjectStore
    private let scorer: ArchiveScorer
    private let ledger: RescoringLedger

    package init(
        documents: any DocumentStore, objects: any ObjectStore, assessor: ReadingAssessor, timeZone: TimeZone,
        now: @escaping @Sendable () -> Timestamp
    ) {
        (self.documents, self.objects) = (documents, objects)
        scorer = ArchiveScorer(assessor: assessor)
        ledger = RescoringLedger(timeZone: timeZone, now: now)
    }

    package func handle(_ payload: ArchiveRescore, job: JobContext) async throws -> Outcome {
        let updates = payload.update == true
        var scored: [ScoredEntry] = []
        for item in try await items(of: payload) {
            // Who waits for the worker to stop shall not wait for the whole chunk.
            try Task.checkCancellation()
            scored.append(try await score(item, besides: payload.manifestS3Key, updates: updates))
        }
        try await objects.put(
            Array(scored.map { $0.line + "\n" }.joined().utf8), at: payload.outputS3Key, in: Provisioning.bucket,
            contentType: "application/jsonl")
        let failed = scored.count { ResultLine.isFailure($0.line) }
        let (ledger, rows) = (ledger, try await remainder(of: scored.compactMap(\.row)))
        return Outcome(
            result: ["scored": .number(scored.count - failed), "failed": .number(failed)],
            plan: { documents, _ in try await ledger.writes(rows, from: documents) })
    }

    /// Commits rows ahead of the job's own transaction until the rest fits into it.
    ///
    /// A row that this scorer has written is not written again, so a job that dies in between, and comes again, leaves
    /// what one that lives leaves.
    private func remainder(of rows: [RescoredRow]) async throws -> [RescoredRow] {
        var rows = rows[...]
        while rows.count > Self.rowsATransaction {
            _ = try await ledger.commit(Array(rows.prefix(Self.rowsATransaction)), to: documents)
            rows = rows.dropFirst(Self.rowsATransaction)
        }
        return Array(rows)
    }

    /// With their days, their sessions and the job's status they are at most 91 writes of 100.
    private static let rowsATransaction = 30

    private func score(
        _ item: ArchiveItem, besides manifest: String, updates: Bool
    ) async throws -> ScoredEntry {
        switch item {
        case .problem(let id, let reason): return .failed(id, reason)
        case .entry(let listed):
            let entry = try await placed(listed, besides: manifest)
            let audio = try await AudioLoader(objects: objects).bytes(of: entry)
            let row = updates ? try await entry.storedRow(in: documents) : nil
            return try await score(entry, audio: audio, replacing: row)
        }
    }

    /// Tells machines that are out of order from recordings that are.
    ///
    /// What a machine cannot do must not be written into the results. But a recording that keeps its decoder busy for too
    /// long must not hold up its neighbours for good: the second time, that is its line.
    ///
    /// - Throws: ``JobFailure/retry(reason:)`` while recordings cannot be decoded here.
    private func score(
        _ entry: ArchiveEntry, audio: Result<[UInt8], ArchiveError>, replacing row: Item?
    ) async throws -> ScoredEntry {
        var scored = await scorer.score(entry, audio: audio, replacing: row)
        if case .tookTooLong = scored.obstacle { scored = await scorer.score(entry, audio: audio, replacing: row) }
        if case .decoderUnavailable = scored.obstacle, let obstacle = scored.obstacle {
            throw JobFailure.retry(reason: obstacle.description)
        }
        return scored
    }

    /// `audio` without `s3key` names an object beside the manifest or, if there is none, a key of the bucket.
    private func placed(_ entry: ArchiveEntry, besides manifest: String) async throws -> ArchiveEntry {
        guard case .file(let path) = entry.place else { return entry }
        let folder = manifest.lastIndex(of: "/").map { String(manifest[...$0]) } ?? ""
        var entry = entry
        entry.place = .object(key: folder + path, bucket: Provisioning.bucket)
        if try await objects.head(folder + path, in: Provisioning.bucket) == nil {
            entry.place = .object(key: path, bucket: Provisioning.bucket)
        }
        return entry
    }

    private func items(of payload: ArchiveRescore) async throws -> [ArchiveItem] {
        let manifest = try await manifest(at: payload.manifestS3Key)
        let lines = manifest.split(separator: UInt8(ascii: "\n")).dropFirst(payload.first).prefix(payload.count)
        guard !lines.isEmpty else {
            throw JobFailure.giveUp(reason: "The manifest ends before line \(payload.first), counted from 0.")
        }
        return lines.enumerated().map { index, line in
            JSONLinesManifest.item(Array(line), number: payload.first + index + 1, folder: "")
        }
    }

    private func manifest(at key: String) async throws -> [UInt8] {
        guard let info = try await objects.head(key, in: Provisioning.bucket) else {
            throw ObjectError.noSuchObject(key)
        }
        guard info.bytes <= Self.largestManifestInBytes else {
            throw JobFailure.giveUp(
                reason: "The manifest has \(info.bytes) bytes; at most \(Self.largestManifestInBytes) are read.")
        }
        return try await objects.get(key, in: Provisioning.bucket).body
    }

    /// Each job reads all of it.
    private static let largestManifestInBytes = 64 << 20
}

extension ArchiveEntry {
    /// The row of PronunciationResults that the recording belongs to, as it is now.
    package func storedRow(in documents: any DocumentStore) async throws -> Item? {
        guard let row else { return nil }
        return try await documents.get(
            ["student_email": .string(row.studentEmail), "timestamp": .string(row.timestamp)],
            from: Table.pronunciationResults.name)
    }
}
