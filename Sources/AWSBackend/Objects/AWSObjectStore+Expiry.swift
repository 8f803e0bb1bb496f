import Crypto
import Foundation
package import Objects
import XML

/// Lifecycle rules of a bucket, of which only those that delete after some days are known here.
extension AWSObjectStore: ExpiringObjectStore {
    package func expiries(in bucket: String) async throws -> [ObjectExpiry]? {
        do {
            return try await rules(in: bucket).compactMap(ObjectExpiry.init)
        } catch ServiceError.refused(_, "NotImplemented", _, _) {
            return nil
        }
    }

    private func rules(in bucket: String) async throws -> [XMLElement] {
        do {
            let answer = try await s3.call(.getLifecycle, bucket: bucket, query: [("lifecycle", "")])
            do { return try XMLElement(parsing: answer.body).all("Rule") } catch {
                throw ServiceError.unreadable(service: Service.s3.name, reason: error.description)
            }
        } catch ServiceError.refused(_, "NoSuchLifecycleConfiguration", _, _) {
            return []
        }
    }

    package func setExpiry(_ expiry: ObjectExpiry, in bucket: String) async throws {
        let others = try await rules(in: bucket).filter { $0.text("ID") != expiry.id }
        let configuration = XMLElement(name: "LifecycleConfiguration", children: others + [expiry.rule])
        let body = Array(configuration.documentText.utf8)
        let digest = Data(Insecure.MD5.hash(data: body)).base64EncodedString()
        _ = try await s3.call(
            .putLifecycle, bucket: bucket, query: [("lifecycle", "")],
            headers: [("Content-Type", "application/xml"), ("Content-MD5", digest)], body: body)
    }
}

extension ObjectExpiry {
    /// - Returns: `nil` for a rule of another kind, or one that is turned off.
    fileprivate init?(_ rule: XMLElement) {
        guard let id = rule.text("ID"), rule.text("Status") == "Enabled",
            let days = rule["Expiration"]?.text("Days").flatMap({ Int($0) })
        else { return nil }
        self.init(id: id, prefix: rule["Filter"]?.text("Prefix") ?? rule.text("Prefix") ?? "", days: days)
    }

    fileprivate var rule: XMLElement {
        XMLElement(
            name: "Rule",
            children: [
                XMLElement(name: "ID", text: id),
                XMLElement(name: "Filter", children: [XMLElement(name: "Prefix", text: prefix)]),
                XMLElement(name: "Status", text: "Enabled"),
                XMLElement(name: "Expiration", children: [XMLElement(name: "Days", text: "\(days)")]),
            ])
    }
}
