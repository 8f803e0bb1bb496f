package import JSON

/// What a source holds: a recording to score, or a line that names none.
package enum ArchiveItem: Hashable, Sendable {
    case entry(ArchiveEntry)
    case problem(id: String, reason: String)

    package var id: String {
        switch self {
        case .entry(let entry): entry.id
        case .problem(let id, _): id
        }
    }

    /// The item under another id: the second recording of an id could never be told from the first in the results.
    func repeated(_ count: Int) -> ArchiveItem {
        .problem(id: "\(id)#\(count)", reason: "The id \(id) is used before; give each recording its own.")
    }

    /// A line of a manifest: of what cannot be scored, the reason.
    package var json: JSONValue {
        switch self {
        case .entry(let entry): entry.json
        case .problem(let id, let reason): ["id": .string(id), "error": .string(reason)]
        }
    }
}
