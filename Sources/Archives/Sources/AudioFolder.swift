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
        /// The one that is being read, and what is left of it.
        var folder = ""
        var names: ArraySlice<[UInt8]> = []
        var inner: [String] = []
        var pairs = RecordingPairs()
        var complete: ArraySlice<RecordingPairs.Pair> = []
        var items: ArraySlice<ArchiveItem> = []

        mutating func next() throws -> ArchiveItem? {
            while items.isEmpty {
                if let pair = complete.popFirst() {
                    items = items(of: pair)[...]
                } else if let name = names.popFirst() {
                    take(name)
                    if names.isEmpty { complete += pairs.finish() }
                } else {
                    folders += inner.reversed()
                    inner = []
                    guard let next = folders.popLast() else { return nil }
                    folder = next
                    try openFolder()
                }
            }
            return items.popFirst()
        }

        private mutating func openFolder() throws {
            do throws(ArchiveError) { names = try FolderNames.sorted(in: "\(root)/\(folder)")[...] } catch {
                guard !folder.isEmpty else { throw ArchiveError("\(root) \(error)") }
                items = [.problem(id: folder, reason: "The folder \(error)")]
            }
        }

        private mutating func take(_ bytes: [UInt8]) {
            guard let name = String(validating: bytes, as: UTF8.self) else {
                let repaired = folder + String(decoding: bytes, as: UTF8.self)
                guard RecordingPairs.isRecording(repaired) else { return }
                return items.append(.problem(id: repaired, reason: "Its file's name is not UTF-8."))
            }
            if !isFolder(folder + name) {
                complete += pairs.take(folder + name)
            } else if !name.hasPrefix(".") {
                inner.append(folder + name + "/")
            }
        }

        /// A folder that is named like a recording is one that cannot be read; the entry's line will say so.
        private func isFolder(_ name: String) -> Bool {
            var status = stat()
            guard lstat("\(root)/\(name)", &status) == 0 else { return false }  // Gone meanwhile.
            return status.st_mode & S_IFMT == S_IFDIR && !RecordingPairs.isRecording(name)
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
