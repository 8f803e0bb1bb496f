import Archives
import Documents
import Foundation
import JSON

/// The requests that come on standard input.
struct ScoringRequests {
    private var received = Data()

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
        var searched = 0
        while true {
            let start = received.startIndex + searched
            if let end = received[start...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { received = Data(received[(end + 1)...]) }
                return Array(received[..<end])
            }
            searched = received.count
            guard receive() else { return nil }
        }
    }

    private mutating func take(_ count: Int) -> [UInt8]? {
        while received.count < count { guard receive() else { return nil } }
        defer { received = Data(received.dropFirst(count)) }
        return Array(received.prefix(count))
    }

    /// - Returns: Whether anything came.
    private mutating func receive() -> Bool {
        let more = FileHandle.standardInput.availableData
        received += more
        return !more.isEmpty
    }
}
