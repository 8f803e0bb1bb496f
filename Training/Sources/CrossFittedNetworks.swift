import Foundation
import Pronunciation

/// Frame networks that were fitted without some folds: `network-all.json`, `network-2.json`, `network-2-4.json`.
struct CrossFittedNetworks {
    private let folder: URL
    private var read: [String: FrameNetwork] = [:]

    init(folder: URL) throws { self.folder = folder }

    /// A network that has not seen the given folds.
    mutating func network(without folds: Set<Int>) throws -> FrameNetwork {
        let name = folds.isEmpty ? "all" : folds.sorted().map(String.init).joined(separator: "-")
        if let known = read[name] { return known }
        let network = try FrameNetwork([UInt8](Data(contentsOf: folder.appending(path: "network-\(name).json"))))
        read[name] = network
        return network
    }
}
