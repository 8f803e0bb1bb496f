import Objects
import Synchronization

extension EmbeddedObjectStore {
    /// A body that comes piece by piece: into a file of its own, once it is more than a row has room for.
    final class ArrivingBody: IncomingBody {
        private struct State: ~Copyable {
            var file: OpenFile?
            var digests: BodyDigests
            /// All that has come while there is no file.
            var small: [UInt8] = []
            /// Whether the file has its own name already.
            var isPublished = false
            /// Whether somebody else answers for the file, or nobody needs to.
            var isReleased = false
        }

        let name: BodyName
        let bucket: BucketName
        private let folder: BodyFolder
        private let threads: FileThreads
        private let state: Mutex<State>

        init(
            _ name: BodyName, in bucket: BucketName, of folder: BodyFolder, on threads: FileThreads,
            computing algorithms: Set<ChecksumAlgorithm>
        ) {
            self.name = name
            self.bucket = bucket
            self.folder = folder
            self.threads = threads
            state = Mutex(State(file: nil, digests: BodyDigests(algorithms)))
        }

        deinit { remove() }

        var digests: BodyDigests { state.withLock { $0.digests } }

        /// The whole body, once it has come and where it has no file.
        var smallBody: [UInt8]? { state.withLock { $0.isPublished ? nil : $0.small } }

        func append<Piece: BodyPiece>(_ pieces: [Piece]) async throws {
            if !hold(pieces) { try await run { try self.write(pieces) } }
        }

        /// Bodies of moderate size come here whole: they cost one visit to the disk.
        func finish<Piece: BodyPiece>(_ pieces: [Piece]) async throws -> BodyDigests {
            if !hold(pieces) {
                try await run {
                    try self.write(pieces)
                    try self.publish()
                }
            }
            return digests
        }

        /// Gives a small body a file too.
        func keepInFile() async throws {
            guard smallBody != nil else { return }
            try await run {
                try self.write([[UInt8]]())
                try self.publish()
            }
        }

        /// Takes pieces as long as all there is fits into a row.
        private func hold<Piece: BodyPiece>(_ pieces: [Piece]) -> Bool {
            state.withLock { state in
                guard state.file == nil else { return false }
                let count = pieces.reduce(state.small.count) { count, piece in count + piece.withBytes { $0.count } }
                guard count <= EmbeddedObjectStore.mostBytesInRow else { return false }
                for piece in pieces {
                    piece.withBytes { bytes in
                        state.small.append(contentsOf: bytes)
                        state.digests.update(bytes)
                    }
                }
                return true
            }
        }

        private func publish() throws {
            try state.withLock { state in
                try state.file?.sync()
                state.file = nil
            }
            try folder.publish(name, in: bucket)
            state.withLock { $0.isPublished = true }
        }

        func discard() async {
            // Only a closed store refuses this; the next opening removes what is left.
            try? await run { self.remove() }
        }

        /// Leaves the file to the row that refers to it.
        func release() { state.withLock { $0.isReleased = true } }

        private func run(_ work: @escaping @Sendable () throws -> Void) async throws {
            do { try await threads.run(work) } catch { throw EmbeddedObjectStore.named(error) }
        }

        private func write<Piece: BodyPiece>(_ pieces: [Piece]) throws {
            try state.withLock { state in
                if state.file == nil {
                    state.file = try folder.begin(name)
                    try state.small.withUnsafeBytes { try state.file?.write($0) }
                    state.small = []
                }
                for piece in pieces {
                    try piece.withBytes { bytes in
                        try state.file?.write(bytes)
                        state.digests.update(bytes)
                    }
                }
            }
        }

        /// What stays is removed at a later opening.
        private func remove() {
            let (isReleased, isPublished) = state.withLock { state in
                defer { state.isReleased = true }
                return (state.isReleased, state.isPublished)
            }
            if isReleased { return }
            // What cannot be removed now is removed by the next opening: no row refers to it.
            if isPublished { try? folder.remove(name, in: bucket) } else { try? folder.abandon(name) }
        }
    }
}
