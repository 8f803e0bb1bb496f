import Foundation

/// The profiles of `~/.aws/config` and `~/.aws/credentials`.
///
/// Source: "Format of the shared config and credentials files" in the AWS SDKs and Tools Reference Guide.
package struct SharedConfiguration: Sendable {
    /// Settings by name, in lower case, by profile.
    private let profiles: [String: [String: String]]
    private let services: [String: [String: String]]

    /// - Throws: ``ServiceError/badConfiguration(_:)`` for a file that is there and cannot be read or understood.
    package init(_ environment: Environment) throws {
        let config = try Self.read(environment.path("AWS_CONFIG_FILE", orInHome: ".aws/config"))
        let credentials = try Self.read(
            environment.path("AWS_SHARED_CREDENTIALS_FILE", orInHome: ".aws/credentials"))
        var profiles: [String: [String: String]] = [:]
        var services: [String: [String: String]] = [:]
        for (title, settings) in config {
            let words = title.split(whereSeparator: \.isWhitespace)
            if title == "default" || words.first == "profile" && words.count == 2 {
                profiles[String(words.last ?? ""), default: [:]].merge(settings) { $1 }
            } else if words.first == "services", words.count == 2 {
                services[String(words[1])] = settings
            }
        }
        // What both files say of a profile, the credentials' file says last.
        for (title, settings) in credentials { profiles[title, default: [:]].merge(settings) { $1 } }
        self.profiles = profiles
        self.services = services
    }

    package subscript(profile: String) -> [String: String]? { profiles[profile] }

    /// The address that a profile has for a service, or for all of them.
    package func endpoint(of service: String, profile: String) -> String? {
        let settings = profiles[profile]
        let own = settings?["services"].flatMap { services[$0]?["\(service).endpoint_url"] }
        return own ?? settings?["endpoint_url"]
    }

    private static func read(_ path: String) throws -> [(title: String, settings: [String: String])] {
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        // Forbidden or not UTF-8: the file's name is what helps in both cases.
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw ServiceError.badConfiguration("The file \(path) cannot be read.")
        }
        return try parsed(text, path: path)
    }

    /// Sections in order; a nested setting's name has its parent's before it: `s3.endpoint_url`.
    private static func parsed(_ text: String, path: String) throws -> [(title: String, settings: [String: String])] {
        var sections: [(title: String, settings: [String: String])] = []
        var parent: String?
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let content = line.trimmed
            if content.isEmpty || content.hasPrefix("#") || content.hasPrefix(";") { continue }
            if content.hasPrefix("[") {
                guard let end = content.firstIndex(of: "]") else { throw unclear(path, index + 1) }
                sections.append((content[..<end].dropFirst().trimmed, [:]))
                parent = nil
                continue
            }
            guard let equals = content.firstIndex(of: "="), !sections.isEmpty else { throw unclear(path, index + 1) }
            let name = content[..<equals].trimmed.lowercased()
            let value = content[content.index(after: equals)...].trimmed
            let isNested = line.first?.isWhitespace == true && parent != nil
            if !isNested { parent = value.isEmpty ? name : nil }
            let key = isNested ? "\(parent ?? "").\(name)" : name
            sections[sections.count - 1].settings[key] = withoutComment(value)
        }
        return sections
    }

    /// A comment begins with a space and a sign behind a value.
    private static func withoutComment(_ value: String) -> String {
        let ends = [" #", " ;", "\t#", "\t;"].compactMap { value.range(of: $0)?.lowerBound }
        return ends.min().map { value[..<$0].trimmed } ?? value
    }

    private static func unclear(_ path: String, _ line: Int) -> ServiceError {
        .badConfiguration("Line \(line) of \(path) is neither a [section] nor a NAME = VALUE in one.")
    }
}

extension StringProtocol {
    fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
