import Archives
import Foundation

/// The files that a command is to write: none may be one that it reads, or be written twice.
struct WrittenFiles {
    /// Those that are there.
    private let existing: [Identity: String]

    /// - Throws: ``CommandError`` for one file under two options.
    init(_ paths: [String?]) throws {
        var existing: [Identity: String] = [:]
        var names: Set<String> = []
        for path in paths.compactMap(\.self) {
            let isFirst = names.insert(URL(filePath: path).standardizedFileURL.path(percentEncoded: false)).inserted
            let identity = Identity(path)
            guard isFirst, identity.map({ existing[$0] == nil }) ?? true else {
                throw CommandError(description: "\(path) is to be written twice: give each output a file of its own.")
            }
            if let identity { existing[identity] = path }
        }
        self.existing = existing
    }

    /// - Throws: ``CommandError`` where a file that is read is one of them, under whatever name.
    func refuse(_ read: String) throws {
        guard !existing.isEmpty, let identity = Identity(read), let path = existing[identity] else { return }
        throw CommandError(description: "\(path) would replace \(read), which is read: give another name.")
    }

    /// A regular file or a folder, whatever it is called.
    private struct Identity: Hashable {
        let device: dev_t
        let inode: ino_t

        /// `nil` for what is not there, and for pipes and devices.
        init?(_ path: String) {
            var status = stat()
            guard stat(path, &status) == 0, [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) else { return nil }
            (device, inode) = (status.st_dev, status.st_ino)
        }
    }
}
