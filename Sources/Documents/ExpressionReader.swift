/// Reads the expressions of one request, which share their `#names` and `:values`.
///
/// Words that DynamoDB reserves (`date`, `status`, `role`, …) are taken as attribute names unless they are to be refused;
/// write `#date` all the same where an expression is to work on DynamoDB too.
package struct ExpressionReader {
    private let names: [String: String]
    private let values: Item
    private let refusesReservedWords: Bool
    private var used: Set<String> = []

    /// - Parameters:
    ///   - names: Attribute names by placeholder, as in `["#date": "date"]`.
    ///   - values: Values by placeholder, as in `[":start": "2025-01-24"]`.
    package init(names: [String: String] = [:], values: Item = [:], refusesReservedWords: Bool = false) {
        self.refusesReservedWords = refusesReservedWords
        self.names = names
        self.values = values
    }

    /// Reads a ConditionExpression.
    package mutating func condition(_ text: String) throws(DocumentError) -> Condition {
        try read(text, as: "ConditionExpression") { parser throws(DocumentError) in try parser.wholeCondition() }
    }

    /// Reads a FilterExpression.
    package mutating func filter(_ text: String) throws(DocumentError) -> Condition {
        try read(text, as: "FilterExpression") { parser throws(DocumentError) in try parser.wholeCondition() }
    }

    /// Reads a KeyConditionExpression.
    package mutating func keyCondition(_ text: String) throws(DocumentError) -> KeyClauses {
        try read(text, as: "KeyConditionExpression") { parser throws(DocumentError) in
            try KeyClauses(parser.wholeCondition())
        }
    }

    /// Reads an UpdateExpression.
    package mutating func update(_ text: String) throws(DocumentError) -> UpdateExpression {
        try read(text, as: "UpdateExpression") { parser throws(DocumentError) in
            let update = try parser.update()
            try DocumentPath.checkApart(update.paths)
            return update
        }
    }

    /// Reads a ProjectionExpression.
    package mutating func projection(_ text: String) throws(DocumentError) -> [DocumentPath] {
        try read(text, as: "ProjectionExpression") { parser throws(DocumentError) in
            let paths = try parser.list { parser throws(DocumentError) in try parser.path() }
            try DocumentPath.checkApart(paths)
            return paths
        }
    }

    /// Refuses names and values that no expression used, once all of them were read.
    package func checkAllUsed() throws(DocumentError) {
        let unusedNames = names.keys.filter { !used.contains($0) }.sorted()
        guard unusedNames.isEmpty else {
            throw .invalid(
                "Value provided in ExpressionAttributeNames unused in expressions: "
                    + "keys: {\(unusedNames.joined(separator: ", "))}")
        }
        let unusedValues = values.keys.filter { !used.contains($0) }.sorted()
        guard unusedValues.isEmpty else {
            throw .invalid(
                "Value provided in ExpressionAttributeValues unused in expressions: "
                    + "keys: {\(unusedValues.joined(separator: ", "))}")
        }
    }

    private mutating func read<Expression>(
        _ text: String, as kind: String,
        _ body: (inout ExpressionParser) throws(DocumentError) -> Expression
    ) throws(DocumentError) -> Expression {
        do {
            var parser = try ExpressionParser(
                text, names: names, values: values, refusesReservedWords: refusesReservedWords)
            let expression = try body(&parser)
            try parser.end()
            used.formUnion(parser.used)
            return expression
        } catch .invalid(let reason) {
            throw .invalid("Invalid \(kind): \(reason)")
        }
    }
}
