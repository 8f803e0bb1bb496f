import CSndfile

/// A file in memory as libsndfile sees it: bytes and a position.
///
/// It never touches a disk.
///
/// A class, because C holds a pointer to it between calls; one ``SoundFile`` owns it.
final class AudioBytes {
    private(set) var bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// An empty file that grows without being copied up to this size.
    init(reserving count: Int) {
        bytes = []
        bytes.reserveCapacity(count)
    }

    func seek(by offset: Int, from whence: Int32) -> Int {
        let base =
            switch whence {
            case SEEK_CUR: position
            case SEEK_END: bytes.count
            default: 0
            }
        let (target, overflow) = base.addingReportingOverflow(offset)
        guard !overflow, target >= 0 else { return -1 }
        position = target
        return position
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard position < bytes.count else { return 0 }
        let count = min(buffer.count, bytes.count - position)
        buffer.copyBytes(from: bytes[position..<position + count])
        position += count
        return count
    }

    func write(_ buffer: UnsafeRawBufferPointer) -> Int {
        if position > bytes.count { bytes.append(contentsOf: repeatElement(0, count: position - bytes.count)) }
        let overlap = min(bytes.count - position, buffer.count)
        bytes.replaceSubrange(position..<position + overlap, with: buffer)
        position += buffer.count
        return buffer.count
    }

    func tell() -> Int { position }
}

extension AudioBytes {
    /// Finds the object behind the pointer that ``userData`` gave to C.
    private static func from(_ userData: UnsafeMutableRawPointer?) -> AudioBytes {
        guard let userData else { preconditionFailure("libsndfile hands back the pointer that it was given.") }
        return Unmanaged<AudioBytes>.fromOpaque(userData).takeUnretainedValue()
    }

    /// Valid for as long as this object lives.
    var userData: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

    /// The five calls through which libsndfile reads and writes.
    static var virtualFile: SF_VIRTUAL_IO {
        SF_VIRTUAL_IO(
            get_filelen: { sf_count_t(AudioBytes.from($0).bytes.count) },
            seek: { sf_count_t(AudioBytes.from($2).seek(by: Int($0), from: $1)) },
            read: { pointer, count, userData in
                guard count > 0 else { return 0 }
                let buffer = UnsafeMutableRawBufferPointer(start: pointer, count: Int(count))
                return sf_count_t(AudioBytes.from(userData).read(into: buffer))
            },
            write: { pointer, count, userData in
                guard count > 0 else { return 0 }
                return sf_count_t(
                    AudioBytes.from(userData).write(UnsafeRawBufferPointer(start: pointer, count: Int(count))))
            },
            tell: { sf_count_t(AudioBytes.from($0).tell()) }
        )
    }
}
