import Foundation

/// A folder of recordings, and of folders, with each one's sentence beside it as `.txt` or `.lab`.
///
/// Links to files are followed, links to folders are not: those could lead in circles.
struct AudioFolder: ArchiveSource {
    let path: String

    func makeReader() throws(ArchiveError) -> any ArchiveReader { Reader(root: path, folders: [""]) }

    private struct Reader: ArchiveReader {
        let root: String
        /// Still to be read, the next one last; relative to the root, with a slash at the end.
        var folders: [String]
        var items: ArraySlice<ArchiveItem> = []

        mutating func next() throws -> ArchiveItem? {
            while items.isEmpty {
                guard let folder = folders.popLast() else { return nil }
                try read(folder)
            }
            return items.popFirst()
        }

        private mutating func read(_ folder: String) throws {
            let names: [String]
            do { names = try FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)") } catch {
                let reason = "cannot be read: \(error.localizedDescription)"
                guard !folder.isEmpty else { throw ArchiveError("\(root) \(reason)") }
                items = [.problem(id: folder, reason: "The folder \(reason)")]
                return
            }
            let sorted = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            var pairs = RecordingPairs()
            var found: [ArchiveItem] = []
            for name in sorted where !isFolder(folder + name) {
                for pair in pairs.take(folder + name) { found += items(of: pair) }
            }
            for pair in pairs.finish() { found += items(of: pair) }
            items = found[...]
            let inner = sorted.filter { !$0.hasPrefix(".") && isFolder(folder + $0) }
            folders += inner.reversed().map { folder + $0 + "/" }
        }

        /// A folder that is named like a recording is one that cannot be read; the entry's line will say so.
        private func isFolder(_ name: String) -> Bool {
            let attributes = try? FileManager.default.attributesOfItem(atPath: "\(root)/\(name)")  // Gone meanwhile.
            return attributes?[.type] as? FileAttributeType == .typeDirectory && !RecordingPairs.isRecording(name)
        }

        private func items(of pair: RecordingPairs.Pair) -> [ArchiveItem] {
            let text = pair.text.map { name in
                SmallFile.bytes(of: "\(root)/\(name)", named: name, limit: RecordingPairs.Pair.largestTextInBytes)
                    .flatMap { RecordingPairs.Pair.words(in: $0, named: name) }
            }
            return pair.items(text: text) { ($0, .file(path: "\(root)/\($0)")) }
        }
    }
}
