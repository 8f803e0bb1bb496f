import Objects

extension EmbeddedObjectStore {
    /// Where an object's bytes lie in its bucket's folder: `3f/word-3f0c…e1.mp3`.
    ///
    /// The name is ours: 128 random bits make it new for every put, and what is kept of the key, so that people know
    /// which file to play, is too plain to lead anywhere. A file's name has at most 98 bytes.
    struct BodyName: Hashable, Sendable {
        /// The first two digits of the random ones, so that no folder grows long.
        let folder: String
        let file: String

        var path: String { "\(folder)/\(file)" }

        init(for key: ObjectKey, random: UInt128 = .random(in: .min ... .max)) {
            let id = Self.hexadecimal(random, digits: Self.idDigits)
            let (stem, ending) = Self.parts(of: key)
            folder = String(id.prefix(2))
            file = "\(Self.slug(of: stem))-\(id)\(ending)"
        }

        /// Names in one folder, for bodies that are written together: its names are then synced once.
        static func together(for keys: [ObjectKey]) -> [BodyName] {
            let folder = UInt128(UInt8.random(in: .min ... .max)) << 120
            return keys.map { BodyName(for: $0, random: folder | .random(in: 0..<1 << 120)) }
        }

        /// Reads a name from a row or a folder; `nil` for what this store has not named.
        init?(folder: String, file: String) {
            let stem = file.utf8.prefix { $0 != UInt8(ascii: ".") }
            let id = stem.suffix(Self.idDigits)
            guard id.count == Self.idDigits, stem.count > id.count, id.allSatisfy(isLetterOrDigit),
                folder.utf8.count == 2, id.starts(with: folder.utf8), !file.utf8.contains(UInt8(ascii: "/"))
            else { return nil }
            self.folder = folder
            self.file = file
        }

        init?(path: String) {
            let parts = path.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count == 2 else { return nil }
            self.init(folder: String(parts[0]), file: String(parts[1]))
        }
    }
}

extension EmbeddedObjectStore.BodyName {
    private static let idDigits = 32
    private static let maximumSlugBytes = 56
    private static let maximumEndingBytes = 8

    /// The names of the folders that a bucket's bodies are in.
    static var folders: [String] { (UInt8.min...UInt8.max).map { hexadecimal($0, digits: 2) } }

    static func hexadecimal(_ number: some BinaryInteger, digits: Int) -> String {
        let text = String(number, radix: 16)
        return String(repeating: "0", count: digits - text.count) + text
    }

    /// The key's last component, cut before an ending such as `.mp3` that is short and plain.
    private static func parts(of key: ObjectKey) -> (stem: Substring.UTF8View, ending: String) {
        let component = key.utf8.split(separator: UInt8(ascii: "/")).last ?? Substring().utf8
        guard let dot = component.lastIndex(of: UInt8(ascii: ".")) else { return (component, "") }
        let ending = component[dot...].dropFirst()
        guard (1...maximumEndingBytes).contains(ending.count), ending.allSatisfy(isLetterOrDigit) else {
            return (component, "")
        }
        return (component[..<dot], "." + String(decoding: ending, as: UTF8.self))
    }

    /// The runs of plain letters, digits and underscores, with hyphens between them: `my word (2)` is `my-word-2`.
    private static func slug(of stem: Substring.UTF8View) -> String {
        let runs = stem.split { !isLetterOrDigit($0) && $0 != UInt8(ascii: "_") }
        let slug = Array(runs.joined(separator: [UInt8(ascii: "-")]).prefix(maximumSlugBytes))
        return slug.isEmpty ? "object" : String(decoding: slug, as: UTF8.self)
    }
}

private func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"): true
    default: false
    }
}
