import JSON

/// What clients look for before they go on, and what there is none of here.
extension Operation {
    static let listBackups = Operation("ListBackups", input: []) { _ in ["BackupSummaries": []] }

    static let listGlobalTables = Operation("ListGlobalTables", input: []) { _ in ["GlobalTables": []] }

    static let listExports = Operation("ListExports", input: []) { _ in ["ExportSummaries": []] }

    static let listImports = Operation("ListImports", input: []) { _ in ["ImportSummaryList": []] }

    static let listContributorInsights = Operation("ListContributorInsights", input: []) { _ in
        ["ContributorInsightsSummaries": []]
    }
}
