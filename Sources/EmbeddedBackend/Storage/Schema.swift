package import GRDB

/// The database's tables, a file per subject.
///
/// A step that was published is never edited: a change is a new step.
package enum Schema {
    package static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        registerQueues(in: &migrator)
        registerDocuments(in: &migrator)
        registerObjects(in: &migrator)
        registerRequests(in: &migrator)
        return migrator
    }
}
