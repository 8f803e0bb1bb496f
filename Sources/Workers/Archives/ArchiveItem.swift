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
}
