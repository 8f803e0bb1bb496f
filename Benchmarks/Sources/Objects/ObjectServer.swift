import Foundation

/// A server that gives out objects, with the two that are measured in it.
struct ObjectServer {
    static let small = "/benchmark/small.mp3"
    static let large = "/benchmark/large"

    let server: ServerProcess

    static func ours(in path: String, largeBytes: Int) throws -> ObjectServer {
        try filled(.speaktracker(in: path), largeBytes: largeBytes)
    }

    /// It keeps objects in memory.
    static func moto(in path: String, largeBytes: Int) throws -> ObjectServer {
        try filled(.moto(), largeBytes: largeBytes)
    }

    /// Debian's nginx with its usual settings, two workers and `sendfile`, over plain files.
    static func nginx(in path: String, largeBytes: Int) throws -> ObjectServer {
        let folder = path + "/benchmark"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(Self.bytes(30_000)).write(to: URL(fileURLWithPath: path + small))
        try Data(Self.bytes(largeBytes)).write(to: URL(fileURLWithPath: path + large))
        let server = try ServerProcess("nginx", countingSyncsIn: nil) { port in
            let configuration = """
                daemon off; master_process off; pid \(path)/nginx.pid; error_log /dev/null; user root;
                events { worker_connections 768; }
                http {
                    access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000;
                    client_body_temp_path \(path)/t1; proxy_temp_path \(path)/t2; fastcgi_temp_path \(path)/t3;
                    uwsgi_temp_path \(path)/t4; scgi_temp_path \(path)/t5;
                    server { listen 127.0.0.1:\(port); root \(path); }
                }
                """
            // Whoever cannot write it cannot start nginx either, which is told.
            try? configuration.write(toFile: path + "/nginx.conf", atomically: true, encoding: .utf8)
            return ["-c", path + "/nginx.conf"]
        }
        return ObjectServer(server: server)
    }

    private static func filled(_ server: ServerProcess, largeBytes: Int) throws -> ObjectServer {
        let session = try ObjectSession(port: server.port)
        try session.put("/benchmark", [])
        try session.put(small, bytes(30_000))
        try session.put(large, bytes(largeBytes))
        return ObjectServer(server: server)
    }

    private static func bytes(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) } }

    /// Gets an object over and over, over one connection.
    func get(_ path: String, rounds: Int) throws {
        let session = try ObjectSession(port: server.port)
        for _ in 0..<rounds { _ = try session.get(path) }
    }
}
