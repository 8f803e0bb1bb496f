/// What can go wrong with an object, by who can act.
package enum ObjectError: Error, Hashable {
    case noSuchBucket(String)
    case noSuchObject(String)
    case badBucketName(String)
    case badKey(String, reason: String)
    case rangeNotSatisfiable(size: Int)
    case bucketNotEmpty(String)
    case noSuchUpload
    /// An upload has no such part, or has it no more.
    case invalidPart(Int)
    /// What the caller made a condition does not hold.
    case preconditionFailed
    /// The store refuses this object alone: it lies in an archive, its key of encryption may not be used, or it is another's.
    case refused(String, reason: String)
    /// The store is unreachable; the same call may succeed later.
    case unavailable(reason: String)

    /// A fixed word a case, safe as a metric's label.
    package var label: String {
        switch self {
        case .noSuchBucket: "no_such_bucket"
        case .noSuchObject: "no_such_object"
        case .badBucketName: "bad_bucket_name"
        case .badKey: "bad_key"
        case .rangeNotSatisfiable: "range_not_satisfiable"
        case .bucketNotEmpty: "bucket_not_empty"
        case .noSuchUpload: "no_such_upload"
        case .invalidPart: "invalid_part"
        case .preconditionFailed: "precondition_failed"
        case .refused: "refused"
        case .unavailable: "unavailable"
        }
    }
}

extension ObjectError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noSuchBucket(let name): "There is no bucket named \(Self.quoted(name))."
        case .noSuchObject(let key): "There is no object \(Self.quoted(key))."
        case .badBucketName(let name):
            "A bucket cannot be named \(Self.quoted(name)): it \(BucketName.flaw(in: name) ?? "is refused")."
        case .badKey(let key, let reason): "An object cannot have the key \(Self.quoted(key)): \(reason)"
        case .rangeNotSatisfiable(let size): "The object has \(size) bytes; the range starts behind them."
        case .bucketNotEmpty(let name): "The bucket \(Self.quoted(name)) has objects in it."
        case .noSuchUpload: "There is no such upload: it was completed, aborted or never begun."
        case .invalidPart(let number): "The upload has no such part \(number)."
        case .preconditionFailed: "What was made a condition does not hold."
        case .refused(let key, let reason): "The object \(Self.quoted(key)) is refused: \(reason)"
        case .unavailable(let reason): "The object store cannot be reached: \(reason)"
        }
    }

    /// A name in one line of bounded length, whatever is in it: quoted, escaped and cut.
    private static func quoted(_ name: String) -> String {
        let shown = 100
        let start = String(name.unicodeScalars.prefix(shown)).debugDescription
        return name.unicodeScalars.count > shown ? start + "…" : start
    }
}
