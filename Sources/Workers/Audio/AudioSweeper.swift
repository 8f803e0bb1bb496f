package import Documents
package import Logging
package import Objects
import ServiceLifecycle
package import SpeakModel

/// Deletes spoken audio that no living row names any more.
///
/// An object that is younger than the rows of SentenceAudio and AsyncJobStatus may become is left alone: the row that
/// will name it may not be there yet. One that is older goes, unless a row of those tables or of FeedbackMessages names
/// it whose time to live has not passed. ``SpeechLibrary`` speaks again rather than name an object that is nearly so old.
package struct AudioSweeper: Service, CustomStringConvertible {
    package let description = "AudioSweeper"
    private let documents: any DocumentStore
    private let objects: any ObjectStore
    private let interval: Duration
    private let logger: Logger
    private let now: @Sendable () -> Timestamp

    /// What the names of spoken audio begin with.
    static let prefix = "tts/"
    /// How old an object is that may go.
    static let age = Duration.days(7)
    private static let tables: [Table] = [.sentenceAudio, .asyncJobStatus, .feedbackMessages]
    private static let objectsAtATime = 500

    package init(
        documents: any DocumentStore, objects: any ObjectStore, interval: Duration = .seconds(3600), logger: Logger,
        now: @escaping @Sendable () -> Timestamp = Timestamp.now
    ) {
        self.documents = documents
        self.objects = objects
        self.interval = interval
        self.logger = logger
        self.now = now
    }

    package func run() async throws {
        while !Task.isCancelled, !Task.isShuttingDownGracefully {
            // What could not be swept is there the next time; jobs must not suffer from it.
            do {
                let count = try await sweep()
                if count > 0 { logger.info("audio without rows swept", metadata: ["objects": "\(count)"]) }
            } catch {
                logger.warning("audio could not be swept", metadata: ["error": "\(error)"])
            }
            do {
                try await cancelWhenGracefulShutdown { try await Task.sleep(for: interval) }
            } catch is CancellationError {
                return
            }
        }
    }

    /// - Returns: How many objects were deleted.
    /// - Complexity: O(objects), and O(rows) where an object is old enough.
    package func sweep() async throws -> Int {
        let old = try await oldObjects()
        if old.isEmpty { return 0 }
        // Rows are read after the objects, so a row that names one of them is seen.
        let named = try await namedKeys()
        let unnamed = old.filter { !named.contains($0.key) }
        var count = 0
        for start in stride(from: 0, to: unnamed.count, by: Self.objectsAtATime) {
            let some = Array(unnamed[start..<min(start + Self.objectsAtATime, unnamed.count)])
            count += try await objects.delete(unchanged: some, in: Provisioning.bucket)
        }
        return count
    }

    private func oldObjects() async throws -> [ObjectSummary] {
        let now = now()
        var (old, last) = ([ObjectSummary](), String?.none)
        while true {
            let page = try await objects.list(
                prefix: Self.prefix, after: last, limit: Self.objectsAtATime, in: Provisioning.bucket)
            old += page.filter { now - $0.modifiedAt > Self.age }
            guard page.count == Self.objectsAtATime, let end = page.last else { return old }
            last = end.key
        }
    }

    private func namedKeys() async throws -> Set<String> {
        let now = now().epochSeconds
        var keys: Set<String> = []
        for table in Self.tables {
            var scan = DocumentScan(table: table.name)
            repeat {
                let page = try await documents.scan(scan)
                for row in try page.items where row["ttl"]?.int.map({ Int64($0) > now }) ?? true {
                    for value in row.values { Self.addKeys(in: value, to: &keys) }
                }
                scan.startAfter = page.lastKey
            } while scan.startAfter != nil
        }
        return keys
    }

    /// Whatever attribute it is in: a key by itself, or the end of an address.
    private static func addKeys(in value: AttributeValue, to keys: inout Set<String>) {
        switch value {
        case .string(let text):
            guard let start = text.firstRange(of: prefix)?.lowerBound else { return }
            keys.insert(String(text[start...].prefix { $0 != "?" }))
        case .map(let members): for member in members.values { addKeys(in: member, to: &keys) }
        case .list(let members): for member in members { addKeys(in: member, to: &keys) }
        default: break
        }
    }
}
