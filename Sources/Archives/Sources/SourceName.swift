import Foundation
import SpeakModel

/// What a user calls a source.
package enum SourceName: Hashable, Sendable {
    case kaldi(path: String)
    case manifest(path: String)
    case folder(path: String)
    case objects(ObjectAddress)
    /// The table PronunciationResults.
    case results

    /// Whether the source is in a store, not in a folder.
    package var needsStores: Bool {
        switch self {
        case .objects, .results: true
        case .kaldi, .manifest, .folder: false
        }
    }

    /// Whether its recordings may be objects all the same.
    package var mayNameObjects: Bool {
        switch self {
        case .kaldi, .manifest: true
        case .folder, .objects, .results: false
        }
    }

    /// The files that say which recordings there are.
    package var files: [String] {
        switch self {
        case .kaldi(let path): ["wav.scp", "text", "utt2spk", "segments"].map { "\(path)/\($0)" }
        case .manifest(let path): [path]
        case .folder, .objects, .results: []
        }
    }

    /// - Parameter name: A path, `s3://bucket/prefix`, or `pronunciation-results`.
    /// - Throws: ``ArchiveError`` for what is none of them.
    package init(_ name: String) throws(ArchiveError) {
        if let address = ObjectAddress(name) { self = .objects(address); return }
        if ["PronunciationResults", Table.pronunciationResults.name].contains(name) { self = .results; return }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: name, isDirectory: &isFolder) else {
            throw ArchiveError("There is no \(name).")
        }
        if isFolder.boolValue {
            let path = name.count > 1 && name.hasSuffix("/") ? String(name.dropLast()) : name
            let isKaldi = FileManager.default.fileExists(atPath: path + "/wav.scp")
            self = isKaldi ? .kaldi(path: path) : .folder(path: path)
        } else if ["csv", "tsv", "jsonl"].contains(URL(filePath: name).pathExtension.lowercased()) {
            self = .manifest(path: name)
        } else {
            throw ArchiveError("\(name) is neither a folder nor a manifest that ends in .csv, .tsv or .jsonl.")
        }
    }

    /// - Parameter stores: Needed where ``needsStores``.
    package func source(in stores: ArchiveStores?) throws(ArchiveError) -> any ArchiveSource {
        DistinctItems(try plainSource(in: stores))
    }

    private func plainSource(in stores: ArchiveStores?) throws(ArchiveError) -> any ArchiveSource {
        switch self {
        case .kaldi(let path): return KaldiFolder(path: path)
        case .folder(let path): return AudioFolder(path: path)
        case .manifest(let path): return manifest(path)
        case .objects(let address): return ObjectPrefix(address: address, objects: try present(stores).objects)
        case .results: return StoredResults(documents: try present(stores).documents)
        }
    }

    private func manifest(_ path: String) -> any ArchiveSource {
        switch URL(filePath: path).pathExtension.lowercased() {
        case "csv": SeparatedManifest(path: path, separator: .comma)
        case "tsv": SeparatedManifest(path: path, separator: .tab)
        default: JSONLinesFile(path: path)
        }
    }

    private func present(_ stores: ArchiveStores?) throws(ArchiveError) -> ArchiveStores {
        guard let stores else { throw ArchiveError("The source is in a store, and nobody said in which.") }
        return stores
    }
}
