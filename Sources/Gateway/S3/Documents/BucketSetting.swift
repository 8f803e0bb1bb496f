import HTTPTypes
import JSON
import Objects
import XML

/// A document that a bucket keeps: which parameter asks for it, and what is said where there is none.
struct BucketSetting: Sendable {
    enum Missing: Sendable {
        case error(AWSError)
        case document(String)
    }

    /// Checks a document, and gives what to keep of it, by the settings' names.
    typealias Reading = @Sendable (_ bytes: [UInt8]) throws -> [String: String?]

    let parameter: String
    private let name: String
    private let missing: Missing
    /// `nil` where none can be put.
    private let read: Reading?

    private init(_ parameter: String, _ name: String, _ missing: Missing, read: Reading? = nil) {
        (self.parameter, self.name, self.missing, self.read) = (parameter, name, missing, read)
    }

    /// Of the store's: what lets objects expire.
    static let rulesName = "lifecycle.rules"

    var get: S3Operation {
        S3Operation("GetBucket\(name)") { call in
            let bucket = try await call.objects.bucket(named: try call.bucket)
            let type = parameter == "policy" ? "application/json" : "application/xml"
            if let text = bucket.settings[parameter] { return .document(text, type: type) }
            switch missing {
            case .error(var error):
                error.details["BucketName"] = .string(bucket.name.description)
                throw error
            case .document(let text):
                return .document("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + text)
            }
        }
    }

    var put: S3Operation {
        S3Operation("PutBucket\(name)") { call in
            guard let read else { throw AWSError.notImplemented(parameter) }
            let bytes = try await call.payload.document()
            try await call.objects.change(try read(bytes), of: try call.bucket)
            return parameter == "tagging" || parameter == "policy" ? .nothing : S3Answer()
        }
    }

    var delete: S3Operation {
        S3Operation("DeleteBucket\(name)") { call in
            // What a lifecycle's rules were read to goes with it.
            let names = parameter == "lifecycle" ? [parameter, Self.rulesName] : [parameter]
            let changes = [String: String?](uniqueKeysWithValues: names.map { ($0, nil) })
            try await call.objects.change(changes, of: try call.bucket)
            return .nothing
        }
    }
}

extension BucketSetting {
    private static func error(_ code: String, _ message: String) -> Missing {
        .error(.s3(code, message, status: 404))
    }

    private static func empty(_ root: String, _ content: String = "") -> Missing {
        .document("<\(root) xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">\(content)</\(root)>")
    }

    /// Keeps a document with this root once `check` has taken it.
    private static func keep(
        _ parameter: String, _ root: String,
        _ check: @escaping @Sendable (XMLElement) throws -> [String: String?] = { _ in [:] }
    ) -> Reading {
        { bytes in
            // What is wrong with it is for its author to find; S3 says no more.
            guard let document = try? XMLElement(parsing: bytes), document.name == root else {
                throw AWSError.malformedXML
            }
            return try check(document).merging([parameter: document.documentText]) { $1 }
        }
    }

    static let cors = BucketSetting(
        "cors", "CORS", error("NoSuchCORSConfiguration", "The CORS configuration does not exist"),
        read: keep("cors", "CORSConfiguration") { document in
            _ = try CORS.rules(in: document)
            return [:]
        })

    static let lifecycle = BucketSetting(
        "lifecycle", "LifecycleConfiguration",
        error("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist"),
        read: { bytes in
            // What is wrong with it is for its author to find; S3 says no more.
            guard var document = try? XMLElement(parsing: bytes) else { throw AWSError.malformedXML }
            let rules = try LifecycleDocument.rules(in: document)
            document.nameRules(rules.map(\.id))
            return ["lifecycle": document.documentText, rulesName: try LifecycleDocument.json(rules)]
        })

    static let tagging = BucketSetting(
        "tagging", "Tagging", error("NoSuchTagSet", "The TagSet does not exist"),
        read: keep("tagging", "Tagging") { document in
            _ = try Tagging.tags(in: document, most: 50)
            return [:]
        })

    static let policy = BucketSetting(
        "policy", "Policy", error("NoSuchBucketPolicy", "The bucket policy does not exist"),
        read: { bytes in
            try BucketPolicy.check(bytes)
            return ["policy": String(decoding: bytes, as: UTF8.self)]
        })

    static let all = [
        cors, lifecycle, tagging, policy,
        BucketSetting(
            "publicAccessBlock", "PublicAccessBlock",
            error("NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found")),
        BucketSetting(
            "ownershipControls", "OwnershipControls",
            error("OwnershipControlsNotFoundError", "The bucket ownership controls were not found"),
            read: keep("ownershipControls", "OwnershipControls")),
        BucketSetting(
            "encryption", "Encryption",
            error(
                "ServerSideEncryptionConfigurationNotFoundError",
                "The server side encryption configuration was not found")),
        BucketSetting(
            "website", "Website",
            error("NoSuchWebsiteConfiguration", "The specified bucket does not have a website configuration")),
        BucketSetting(
            "replication", "Replication",
            error("ReplicationConfigurationNotFoundError", "The replication configuration was not found")),
        BucketSetting(
            "object-lock", "ObjectLockConfiguration",
            error("ObjectLockConfigurationNotFoundError", "Object Lock configuration does not exist for this bucket")),
        BucketSetting("versioning", "Versioning", empty("VersioningConfiguration")),
        BucketSetting("logging", "Logging", empty("BucketLoggingStatus")),
        BucketSetting("notification", "NotificationConfiguration", empty("NotificationConfiguration")),
        BucketSetting("accelerate", "AccelerateConfiguration", empty("AccelerateConfiguration")),
        BucketSetting(
            "requestPayment", "RequestPayment", empty("RequestPaymentConfiguration", "<Payer>BucketOwner</Payer>")),
    ]
}

extension XMLElement {
    /// Gives rules that have no `ID` one, in order.
    fileprivate mutating func nameRules(_ ids: [String]) {
        var ids = ids[...]
        children = children.map { child in
            guard child.name == "Rule" else { return child }
            var rule = child
            let id = ids.popFirst() ?? ""
            if rule["ID"] == nil { rule.children.insert(XMLElement(name: "ID", text: id), at: 0) }
            return rule
        }
    }
}
