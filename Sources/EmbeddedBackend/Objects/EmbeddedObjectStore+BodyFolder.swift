import Foundation
import Objects
import Synchronization

extension EmbeddedObjectStore {
    /// The folder of the bodies: `BUCKET/3f/word-3f0c…e1.mp3`.
    ///
    /// What is not whole yet is in `.incoming`, which no bucket can be named. Every call blocks.
    final class BodyFolder: Sendable {
        private let root: String
        private let incoming: String
        /// The folders whose names are known to survive a loss of power.
        private let durableFolders = Mutex<Set<String>>([])

        /// Makes `objects` in a data folder where there is none.
        init(inDataFolder path: String) throws(FileError) {
            root = path + "/objects"
            incoming = root + "/.incoming"
            try makeFolder("objects", in: path)
            try makeFolder(".incoming", in: root)
        }

        func path(of body: BodyName, in bucket: BucketName) -> String { "\(root)/\(bucket)/\(body.path)" }

        /// Returns when whole bodies are on the disk under their names.
        ///
        /// Nothing is left behind where this fails, except by the last steps: bodies that nobody refers to.
        func write(_ bodies: [(name: BodyName, bytes: [UInt8])], in bucket: BucketName) throws(FileError) {
            do throws(FileError) {
                for body in bodies { try Self.writeDurably(body.bytes, to: temporaryPath(of: body.name)) }
                for body in bodies { try move(body.name, into: bucket) }
            } catch {
                for body in bodies { unlink(temporaryPath(of: body.name)) }
                throw error
            }
            for folder in Set(bodies.map(\.name.folder)) {
                try OpenFile(folder: "\(root)/\(bucket)/\(folder)").sync()
            }
        }

        /// Begins a body that comes piece by piece.
        func begin(_ body: BodyName) throws(FileError) -> OpenFile { try OpenFile(creating: temporaryPath(of: body)) }

        /// Gives a whole body, already synced, its name; returns when that is on the disk.
        func publish(_ body: BodyName, in bucket: BucketName) throws(FileError) {
            try move(body, into: bucket)
            try OpenFile(folder: "\(root)/\(bucket)/\(body.folder)").sync()
        }

        /// Removes a body that has not become whole; nothing happens if there is none.
        func abandon(_ body: BodyName) throws(FileError) { try Self.remove(temporaryPath(of: body)) }

        /// Gives a body's bytes, which never change, another name.
        func link(
            _ body: BodyName, in bucket: BucketName, to copy: BodyName, in target: BucketName
        ) throws(FileError) {
            try makeFolder(target.description, in: root)
            try makeFolder(copy.folder, in: "\(root)/\(target)")
            let (from, to) = (path(of: body, in: bucket), path(of: copy, in: target))
            try FileError.check("link", from) { Foundation.link(from, to) }
            try OpenFile(folder: "\(root)/\(target)/\(copy.folder)").sync()
        }

        private func temporaryPath(of body: BodyName) -> String { "\(incoming)/\(body.file)" }

        private func move(_ body: BodyName, into bucket: BucketName) throws(FileError) {
            try makeFolder(bucket.description, in: root)
            try makeFolder(body.folder, in: "\(root)/\(bucket)")
            let temporary = temporaryPath(of: body)
            try FileError.check("rename", temporary) { rename(temporary, path(of: body, in: bucket)) }
        }

        private static func writeDurably(_ bytes: [UInt8], to path: String) throws(FileError) {
            let file = try OpenFile(creating: path)
            try file.write(bytes)
            try file.sync()
        }

        /// Makes a folder whose name survives a loss of power, even where a process before this one has made it.
        private func makeFolder(_ name: String, in parent: String) throws(FileError) {
            let path = "\(parent)/\(name)"
            try durableFolders.withLock { durable throws(FileError) in
                if durable.contains(path) { return }
                do throws(FileError) {
                    try FileError.check("mkdir", path) { mkdir(path, 0o755) }
                } catch  where error.exists {}
                try OpenFile(folder: parent).sync()
                durable.insert(path)
            }
        }

        /// Reads a part of a body.
        ///
        /// - Parameter size: What the whole body has. A file of another size is not what was put here.
        func read(_ range: Range<Int>, of body: BodyName, in bucket: BucketName, size: Int) throws -> [UInt8] {
            try open(body, in: bucket, size: size).read(range)
        }

        /// - Parameter size: What the whole body has. A file of another size is not what was put here.
        func open(_ body: BodyName, in bucket: BucketName, size: Int) throws -> OpenFile {
            let path = path(of: body, in: bucket)
            let file = try OpenFile(reading: path)
            let found = try file.sizeInBytes()
            guard found == size else {
                throw ObjectError.unavailable(reason: "\(path) has \(found) bytes where \(size) were put.")
            }
            return file
        }

        /// Removes a body; nothing happens if there is none.
        func remove(_ body: BodyName, in bucket: BucketName) throws(FileError) {
            try Self.remove(path(of: body, in: bucket))
        }

        private static func remove(_ path: String) throws(FileError) {
            do throws(FileError) {
                try FileError.check("unlink", path) { unlink(path) }
            } catch  where error.isMissing {}
        }

        /// Removes what an earlier process has begun to write.
        func removeIncoming() throws {
            for name in try Self.names(in: incoming) {
                // What stays costs its room on the disk, and that is no reason to keep the store closed.
                try? Self.remove("\(incoming)/\(name)")
            }
        }

        /// The buckets that have a folder here.
        func bucketNames() throws -> [BucketName] {
            // Whatever else lies here is not ours.
            try Self.names(in: root).compactMap { try? BucketName($0) }.filter { bucket in
                var isFolder: ObjCBool = false
                return FileManager.default.fileExists(atPath: "\(root)/\(bucket)", isDirectory: &isFolder)
                    && isFolder.boolValue
            }
        }

        /// The bodies in one of a bucket's folders.
        ///
        /// What this store has not named is left out.
        func bodies(inFolder folder: String, of bucket: BucketName) throws -> [BodyName] {
            try Self.names(in: "\(root)/\(bucket)/\(folder)").compactMap { BodyName(folder: folder, file: $0) }
        }

        private static func names(in folder: String) throws -> [String] {
            do {
                return try FileManager.default.contentsOfDirectory(atPath: folder)
            } catch let error as CocoaError where error.code == .fileReadNoSuchFile {
                return []
            }
        }
    }
}
