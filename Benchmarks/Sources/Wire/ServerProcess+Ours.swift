import Foundation

extension ServerProcess {
    /// `speaktracker serve`, from the folder of this program.
    static func speaktracker(in path: String) throws -> ServerProcess {
        let program = Bundle.main.executableURL?.deletingLastPathComponent().appending(path: "speaktracker").path ?? ""
        return try ServerProcess(program, countingSyncsIn: nil) { port in
            ["serve", "--data", path + "/data", "--port", "\(port)"]
        }
    }

    static func moto() throws -> ServerProcess {
        try ServerProcess("moto_server", countingSyncsIn: nil) { ["-p", "\($0)"] }
    }
}
