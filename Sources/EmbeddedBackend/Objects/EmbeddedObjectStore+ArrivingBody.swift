import Objects
import Synchronization

extension EmbeddedObjectStore {
    /// A body that comes piece by piece into a file of its own.
    final class ArrivingBody: IncomingBody {
        private struct State: ~Copyable {
            var file: OpenFile?
            var digests: BodyDigests
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

        func append<Piece: BodyPiece>(_ pieces: [Piece]) async throws {
            try await run { try self.write(pieces) }
        }

        /// Small bodies come here whole: they cost one visit to the disk.
        func finish<Piece: BodyPiece>(_ pieces: [Piece]) async throws -> BodyDigests {
            try await run {
                try self.write(pieces)
                try self.state.withLock { state in
                    try state.file?.sync()
                    state.file = nil
                }
                try self.folder.publish(self.name, in: self.bucket)
                self.state.withLock { $0.isPublished = true }
            }
            return digests
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
                if state.file == nil { state.file = try folder.begin(name) }
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
