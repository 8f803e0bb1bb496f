import Queueing

/// A queue's URL and ARN.
extension Call {
    func url(ofQueue name: String) -> String { "\(baseURL)/\(Self.account)/\(name)" }

    func arn(ofQueue name: String) -> String { "arn:aws:sqs:\(region):\(Self.account):\(name)" }

    /// The name in an ARN, whatever its region and account.
    static func queueName(inARN arn: String) -> String? {
        let parts = arn.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn", parts[2] == "sqs", !parts[5].isEmpty else { return nil }
        return String(parts[5])
    }

    /// The queue that the request is about, by the last part of its URL.
    ///
    /// Host and account do not matter: what a client got under one name of this machine works under another.
    func queueName() throws(AWSError) -> String {
        let url = try string("QueueUrl")
        // Scheme, host, account and name; or the path alone.
        let parts = url.utf8.split(separator: UInt8(ascii: "/"))
        guard parts.count >= (url.utf8.first == UInt8(ascii: "/") ? 2 : 4), let name = parts.last else {
            throw .invalidAddress(url)
        }
        return String(name) ?? url
    }

    func queue() async throws -> any MessageQueue { try await queues.queue(named: queueName()) }

    func queueDescription() async throws -> QueueDescription { try await queues.description(ofQueueNamed: queueName()) }
}
