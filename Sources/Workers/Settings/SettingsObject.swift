package import JSON

/// An object of a settings document that is read member by member; what is left at the end is a typing mistake.
package struct SettingsObject {
    private let path: String
    private let names: [String]
    private var unread: [String: JSONValue]

    package init(_ json: JSONValue, at path: String) throws(SettingsError) {
        guard let members = json.object else {
            throw SettingsError(
                path: path.isEmpty ? "the document" : path, problem: "must be an object, not \(json.typeName)")
        }
        self.path = path
        unread = members
        names = members.keys.sorted()
    }

    /// The path of a member.
    package func path(to name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

    package mutating func integer(_ name: String, in range: ClosedRange<Int>) throws(SettingsError) -> Int? {
        guard let value = unread.removeValue(forKey: name) else { return nil }
        guard let number = value.int, range.contains(number) else {
            throw wrong(name, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    package mutating func number(_ name: String, in range: ClosedRange<Double>) throws(SettingsError) -> Double? {
        guard let value = unread.removeValue(forKey: name) else { return nil }
        guard let number = value.double, range.contains(number) else {
            throw wrong(name, "must be a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// A number of seconds, fractions allowed.
    package mutating func seconds(_ name: String, in range: ClosedRange<Double>) throws(SettingsError) -> Duration? {
        try number(name, in: range).map { .seconds($0) }
    }

    /// An array whose elements something else reads.
    package mutating func values(_ name: String) throws(SettingsError) -> [JSONValue]? {
        guard let value = unread.removeValue(forKey: name) else { return nil }
        guard let elements = value.array else { throw wrong(name, "must be an array") }
        return elements
    }

    package mutating func object(_ name: String) throws(SettingsError) -> SettingsObject? {
        guard let value = unread.removeValue(forKey: name) else { return nil }
        return try SettingsObject(value, at: path(to: name))
    }

    /// An object whose members are named for things of one sort, such as kinds or queues.
    ///
    /// - Parameter known: The names there are.
    package mutating func table<Name: RawRepresentable & Hashable, Value>(
        _ name: String, known: [Name], _ read: (Name, inout SettingsObject) throws(SettingsError) -> Value
    ) throws(SettingsError) -> [Name: Value] where Name.RawValue == String {
        guard var rows = try object(name) else { return [:] }
        var values: [Name: Value] = [:]
        for key in known {
            guard var row = try rows.object(key.rawValue) else { continue }
            values[key] = try read(key, &row)
            try row.end()
        }
        try rows.end(known: known.map(\.rawValue))
        return values
    }

    /// - Throws: ``SettingsError`` for the first member that nobody read.
    /// - Parameter known: What there could have been, to help whoever mistyped.
    package func end(known: [String] = []) throws(SettingsError) {
        guard let name = names.first(where: { unread[$0] != nil }) else { return }
        let help = known.isEmpty ? "" : "; there are \(known.joined(separator: ", "))"
        throw wrong(name, "is not known\(help)")
    }

    private func wrong(_ name: String, _ problem: String) -> SettingsError {
        SettingsError(path: path(to: name), problem: problem)
    }
}
