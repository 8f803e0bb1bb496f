import Foundation

/// The files below a folder, by their paths within it.
struct FileTree: Equatable {
    let contents: [String: Data]

    init(_ root: String, without excluded: String? = nil) throws {
        var contents: [String: Data] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: root) {
            if let excluded, path.hasPrefix(excluded) { continue }
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: "\(root)/\(path)", isDirectory: &isFolder) else { continue }
            if !isFolder.boolValue { contents[path] = try Data(contentsOf: URL(filePath: "\(root)/\(path)")) }
        }
        self.contents = contents
    }

    var paths: Set<String> { Set(contents.keys) }
}
