import Foundation

/// A blocking TCP connection to a server on this machine, for protocols in lines.
final class Connection {
    private let descriptor: Int32
    private var received: [UInt8] = []
    private var start = 0

    init(port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw BenchmarkError("no socket") }
        var address = loopback(port: port)
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
        }
        guard code == 0 else {
            close(descriptor)
            throw BenchmarkError("nobody listens on port \(port)")
        }
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    deinit { close(descriptor) }

    func send(_ text: String) throws { try send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw BenchmarkError("the server has closed the connection") }
            rest = rest.dropFirst(count)
        }
    }

    /// The next line, without its CR and LF.
    func line() throws -> String {
        while true {
            if let end = received[start...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { start = end + 1 }
                return String(decoding: received[start..<(end - 1)], as: UTF8.self)
            }
            try fill()
        }
    }

    /// The next `count` bytes.
    func bytes(_ count: Int) throws -> String {
        while received.count - start < count { try fill() }
        defer { start += count }
        return String(decoding: received[start..<(start + count)], as: UTF8.self)
    }

    /// The next `count` bytes and the CR and LF behind them, which are left out.
    func data(_ count: Int) throws -> String {
        while received.count - start < count + 2 { try fill() }
        defer { start += count + 2 }
        return String(decoding: received[start..<(start + count)], as: UTF8.self)
    }

    /// Reads and forgets the next `count` bytes.
    func skip(_ count: Int) throws {
        let there = min(count, received.count - start)
        start += there
        var rest = count - there
        guard rest > 0 else { return }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { buffer.deallocate() }
        while rest > 0 {
            let read = read(descriptor, buffer.baseAddress, min(rest, buffer.count))
            guard read > 0 else { throw BenchmarkError("the server has closed the connection") }
            rest -= read
        }
    }

    private func fill() throws {
        received.removeFirst(start)
        start = 0
        var buffer = [UInt8](repeating: 0, count: 16_384)
        let count = read(descriptor, &buffer, buffer.count)
        guard count > 0 else { throw BenchmarkError("the server has closed the connection") }
        received += buffer.prefix(count)
    }
}

func loopback(port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return address
}

/// A port of the loopback address that nobody uses now.
func freePort() throws -> UInt16 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = loopback(port: 0)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = withUnsafeMutablePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
            bind(descriptor, address, size) | getsockname(descriptor, address, &size)
        }
    }
    guard code == 0 else { throw BenchmarkError("no free port") }
    return UInt16(bigEndian: address.sin_port)
}
