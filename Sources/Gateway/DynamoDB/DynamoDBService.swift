/// Amazon DynamoDB, version 2012-08-10 of its interface.
///
/// PartiQL (ExecuteStatement and its sisters), streams, backups and global tables are left out: what asks for them is an
/// unknown operation, but for lists of them, which are empty.
enum DynamoDBService {
    static let targetPrefix = "DynamoDB_20120810."

    static let operations: [String: Operation] = .init([
        .createTable, .describeTable, .updateTable, .deleteTable, .listTables,
        .putItem, .getItem, .updateItem, .deleteItem, .query, .scan,
        .batchGetItem, .batchWriteItem, .transactGetItems, .transactWriteItems,
        .updateTimeToLive, .describeTimeToLive, .tagResource, .untagResource, .listTagsOfResource,
        .describeEndpoints, .describeLimits, .describeContinuousBackups, .updateContinuousBackups,
        .listBackups, .listGlobalTables, .listExports, .listImports, .listContributorInsights,
    ])
}
