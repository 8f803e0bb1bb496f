import Archives
import Documents
import Foundation
import JSON

/// The requests that come on standard input.
struct ScoringRequests {
    private var received: [UInt8] = []
    /// Where in them the next request begins.
    private var start = 0

    /// The next one; `nil` at the end.
    mutating func next() -> ScoringRequest? {
        while let line = line() {
            // Our own parent sends nothing else.
            guard let json = try? JSONValue(parsing: line), let entry = ArchiveEntry(request: json) else { continue }
            let audio = json["bytes"]?.int.flatMap { take($0) }
            let row = json["row"].flatMap { try? Item(json: $0) }
            return ScoringRequest(entry: entry, audio: audio, row: row)
        }
        return nil
    }

    private mutating func line() -> [UInt8]? {
        var searched = start
        while true {
            if let end = received[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { start = end + 1 }
                return Array(received[start..<end])
            }
            searched = received.count - start
            guard receive() else { return nil }
        }
    }

    private mutating func take(_ count: Int) -> [UInt8]? {
        while received.count - start < count { guard receive() else { return nil } }
        defer { start += count }
        return Array(received[start..<start + count])
    }

    /// Forgets what has been taken, and waits for more.
    ///
    /// - Returns: Whether anything came.
    private mutating func receive() -> Bool {
        received.removeFirst(start)
        start = 0
        let more = [UInt8](unsafeUninitializedCapacity: Self.bytesARead) { buffer, count in
            count = max(0, read(STDIN_FILENO, buffer.baseAddress, buffer.count))
        }
        received += more
        return !more.isEmpty
    }

    private static let bytesARead = 1 << 16
}
