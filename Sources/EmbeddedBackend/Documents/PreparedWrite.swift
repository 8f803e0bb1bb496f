import Documents
import JSON
import SpeakModel

/// A write that was checked as far as it can be without the item as it is.
struct PreparedWrite: Sendable {
    let table: DocumentTable
    let key: EncodedKey
    let keyAttributes: Item
    let action: DocumentWrite.Action
    let condition: Condition?
    /// What a put will store.
    let putText: String?

    init(_ write: DocumentWrite, in table: DocumentTable) throws(DocumentError) {
        self.table = table
        action = write.action
        condition = write.condition
        try write.condition?.validate()
        switch write.action {
        case .put(let item):
            try table.schema.check(item)
            keyAttributes = try table.schema.key.key(of: item)
            putText = item.json.text
        case .update(let key, _), .delete(let key), .check(let key):
            try table.schema.key.checkKey(key)
            keyAttributes = key
            putText = nil
        }
        if case .update(let key, let update) = write.action { try update.validate(keyAttributes: key.keys) }
        key = table.schema.key.encoded(keyAttributes)
    }

    /// About how much it will write.
    var estimatedBytes: Int { (putText?.utf8.count ?? 1024) + 256 }

    /// What the item becomes.
    ///
    /// - Throws: ``DocumentError/conditionFailed(old:)``, or ``DocumentError/invalid(_:)`` for an update that the item as
    ///   it is does not allow.
    func transition(from old: Item?) throws(DocumentError) -> Transition {
        if let condition, !condition.holds(for: old) { throw .conditionFailed(old: old) }
        switch action {
        case .put(let item): return Transition(write: self, old: old, new: item)
        case .delete: return Transition(write: self, old: old, new: nil)
        case .check: return Transition(write: self, old: old, new: old)
        case .update(_, let expression):
            if old == nil, expression.onlyRemoves { return Transition(write: self, old: nil, new: nil) }
            let new = try expression.applied(to: old ?? keyAttributes, keyAttributes: keyAttributes.keys)
            guard new.sizeInBytes <= DocumentLimits.itemBytes else { throw .itemTooLarge(isUpdate: true) }
            try table.schema.check(new, isUpdate: true)
            return Transition(write: self, old: old, new: new)
        }
    }

    /// One item before and after a write.
    struct Transition {
        let write: PreparedWrite
        let old: Item?
        let new: Item?
    }
}
