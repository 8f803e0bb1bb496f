import Foundation

/// A file that is written piece by piece and has its name once it is whole; one that is given up leaves nothing.
final class ExportFile {
    private let path: String
    private let file: FileHandle
    private var isWhole = false

    init(_ path: String) throws(ArchiveError) {
        guard FileManager.default.createFile(atPath: path + ".part", contents: nil),
            let file = FileHandle(forWritingAtPath: path + ".part")
        else { throw ArchiveError("\(path) cannot be written.") }
        (self.path, self.file) = (path, file)
    }

    deinit { if !isWhole { unlink(path + ".part") } }

    func write(_ text: String) throws(ArchiveError) {
        do { try file.write(contentsOf: Data(text.utf8)) } catch { throw unwritable(error) }
    }

    func close() throws(ArchiveError) {
        do { try file.close() } catch { throw unwritable(error) }
        guard rename(path + ".part", path) == 0 else {
            throw ArchiveError("\(path) cannot be written: \(String(cString: strerror(errno))).")
        }
        isWhole = true
    }

    private func unwritable(_ error: any Error) -> ArchiveError {
        ArchiveError("\(path) cannot be written: \(error.localizedDescription)")
    }
}
