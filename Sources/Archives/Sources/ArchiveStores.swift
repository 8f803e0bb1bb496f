package import Documents
package import Objects

/// The stores that a source may need.
package struct ArchiveStores: Sendable {
    package let documents: any DocumentStore
    package let objects: any ObjectStore

    package init(documents: any DocumentStore, objects: any ObjectStore) {
        (self.documents, self.objects) = (documents, objects)
    }
}
