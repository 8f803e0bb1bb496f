import Foundation

/// The names in a folder, as the bytes that they are.
enum FolderNames {
    /// Sorted by their bytes.
    ///
    /// - Throws: ``ArchiveError`` that goes on from the folder's name.
    static func sorted(in path: String) throws(ArchiveError) -> [[UInt8]] {
        guard let folder = opendir(path) else { throw unreadable }
        defer { closedir(folder) }
        var names: [[UInt8]] = []
        while true {
            errno = 0
            guard let entry = readdir(folder) else { break }
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in Array(bytes.prefix { $0 != 0 }) }
            if name != [0x2E], name != [0x2E, 0x2E] { names.append(name) }
        }
        guard errno == 0 else { throw unreadable }
        return names.sorted { $0.lexicographicallyPrecedes($1) }
    }

    private static var unreadable: ArchiveError {
        ArchiveError("cannot be read: \(String(cString: strerror(errno))).")
    }
}
