extension Condition {
    /// Reads a ConditionExpression that stands alone.
    ///
    /// `Condition("attribute_not_exists(job_id) OR #s <> :done", names: ["#s": "status"], values: [":done": "COMPLETED"])`
    package init(
        _ expression: String, names: [String: String] = [:], values: Item = [:]
    ) throws(DocumentError) {
        var reader = ExpressionReader(names: names, values: values)
        self = try reader.condition(expression)
        try reader.checkAllUsed()
    }
}

extension UpdateExpression {
    /// Reads an UpdateExpression that stands alone.
    ///
    /// `UpdateExpression("SET #s = :s ADD attempts :one", names: ["#s": "status"], values: [":s": "FAILED", ":one": 1])`
    package init(
        _ expression: String, names: [String: String] = [:], values: Item = [:]
    ) throws(DocumentError) {
        var reader = ExpressionReader(names: names, values: values)
        self = try reader.update(expression)
        try reader.checkAllUsed()
    }
}

extension DocumentQuery {
    /// A query in DynamoDB's own words.
    package init(
        table: String, index: String? = nil, keyConditionExpression: String, filterExpression: String? = nil,
        names: [String: String] = [:], values: Item = [:], forward: Bool = true, limit: Int? = nil,
        startAfter: Item? = nil
    ) throws(DocumentError) {
        var reader = ExpressionReader(names: names, values: values)
        let key = try KeyCondition(reader.keyCondition(keyConditionExpression))
        var filter: Condition?
        if let filterExpression { filter = try reader.filter(filterExpression) }
        try reader.checkAllUsed()
        self.init(
            table: table, index: index, key: key, filter: filter, forward: forward, limit: limit,
            startAfter: startAfter)
    }
}
