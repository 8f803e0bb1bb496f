import Synchronization

extension EmbeddedObjectStore {
    /// Bodies in parts that are being read: their files stay until the last reader has gone.
    ///
    /// A body in one file needs no pin: its reader has it open.
    final class Pins: Sendable {
        private struct Pin {
            var readers = 0
            /// What to remove behind the last reader.
            var doomed: [@Sendable () -> Void] = []
        }

        private let pins = Mutex<[String: Pin]>([:])

        func pin(_ upload: String) { pins.withLock { $0[upload, default: Pin()].readers += 1 } }

        /// - Returns: What to do now that nobody reads them.
        func unpin(_ upload: String) -> [@Sendable () -> Void] {
            pins.withLock { pins in
                guard var pin = pins[upload] else { return [] }
                pin.readers -= 1
                pins[upload] = pin.readers == 0 ? nil : pin
                return pin.readers == 0 ? pin.doomed : []
            }
        }

        /// - Returns: `false` where nobody reads them, and it shall be done at once.
        func afterReaders(of upload: String, _ removal: @escaping @Sendable () -> Void) -> Bool {
            pins.withLock { pins in
                guard pins[upload] != nil else { return false }
                pins[upload]?.doomed.append(removal)
                return true
            }
        }
    }
}
