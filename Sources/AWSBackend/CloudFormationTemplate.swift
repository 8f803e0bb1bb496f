package import JSON
package import Objects
package import Queueing
package import SpeakModel

/// A template of AWS CloudFormation for tables, queues and a bucket, and for what two callers of them may do.
///
/// Made from the same schemas that the stores are, so it cannot differ from them.
package struct CloudFormationTemplate: Sendable {
    private let tables: [TableSchema]
    private let queues: [(name: String, configuration: QueueConfiguration)]
    private let bucket: String
    private let expiry: ObjectExpiry
    private let access: [AccessRole]

    package init(
        tables: [TableSchema], queues: [(name: String, configuration: QueueConfiguration)], bucket: String,
        expiry: ObjectExpiry, access: [AccessRole]
    ) {
        self.tables = tables
        self.queues = queues
        self.bucket = bucket
        self.expiry = expiry
        self.access = access
    }

    package var json: JSONValue {
        var resources: [String: JSONValue] = ["AudioBucket": bucketResource]
        for table in tables { resources[Self.id(table.name) + "Table"] = resource(table) }
        for queue in queues { resources[Self.id(queue.name) + "Queue"] = resource(queue.name, queue.configuration) }
        for role in access { resources[role.name + "Policy"] = resource(role) }
        return [
            "AWSTemplateFormatVersion": "2010-09-09",
            "Description": "SpeakTracker: tables, queues and the audio bucket.",
            "Parameters": [
                "BucketName": [
                    "Type": "String", "Default": .string(bucket),
                    "Description": "The bucket for audio; its name is taken once in all of AWS.",
                ]
            ],
            "Resources": .object(resources),
        ]
    }

    /// `tutor-students` is `TutorStudents`: ids have only letters and digits.
    private static func id(_ name: String) -> String {
        name.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    /// What holds data outlives its stack.
    private func kept(_ type: String, _ properties: [String: JSONValue]) -> JSONValue {
        [
            "Type": .string(type), "DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain",
            "Properties": .object(properties),
        ]
    }

    private func resource(_ table: TableSchema) -> JSONValue {
        var properties = TableJSON.definition(table)
        properties["BillingMode"] = "PAY_PER_REQUEST"
        properties["PointInTimeRecoverySpecification"] = ["PointInTimeRecoveryEnabled": true]
        if let attribute = table.lifetimeAttribute {
            properties["TimeToLiveSpecification"] = ["AttributeName": .string(attribute), "Enabled": true]
        }
        return kept("AWS::DynamoDB::Table", properties)
    }

    private func resource(_ name: String, _ configuration: QueueConfiguration) -> JSONValue {
        var properties: [String: JSONValue] = [
            "QueueName": .string(name), "VisibilityTimeout": .number(configuration.visibilityTimeout.wholeSeconds),
            "MessageRetentionPeriod": .number(configuration.retentionPeriod.wholeSeconds),
            "SqsManagedSseEnabled": true,
        ]
        if let policy = configuration.redrivePolicy {
            properties["RedrivePolicy"] = [
                "deadLetterTargetArn": ["Fn::GetAtt": [.string(Self.id(policy.deadLetterQueueName) + "Queue"), "Arn"]],
                "maxReceiveCount": .number(policy.maximumReceiveCount),
            ]
        }
        return kept("AWS::SQS::Queue", properties)
    }

    private var bucketResource: JSONValue {
        kept(
            "AWS::S3::Bucket",
            [
                "BucketName": ["Ref": "BucketName"],
                "LifecycleConfiguration": [
                    "Rules": [
                        [
                            "Id": .string(expiry.id), "Prefix": .string(expiry.prefix), "Status": "Enabled",
                            "ExpirationInDays": .number(expiry.days),
                        ]
                    ]
                ],
                "PublicAccessBlockConfiguration": [
                    "BlockPublicAcls": true, "BlockPublicPolicy": true, "IgnorePublicAcls": true,
                    "RestrictPublicBuckets": true,
                ],
            ])
    }

    private func resource(_ role: AccessRole) -> JSONValue {
        [
            "Type": "AWS::IAM::ManagedPolicy",
            "Properties": [
                "Description": .string(role.description),
                "PolicyDocument": role.policy { grant in
                    switch grant {
                    case .queue(let name): ["Fn::GetAtt": [.string(Self.id(name) + "Queue"), "Arn"]]
                    case .table(let name): ["Fn::GetAtt": [.string(Self.id(name) + "Table"), "Arn"]]
                    case .indexes(let table): ["Fn::Sub": .string("${\(Self.id(table))Table.Arn}/index/*")]
                    case .bucket: ["Fn::GetAtt": ["AudioBucket", "Arn"]]
                    case .objects(let prefix): ["Fn::Sub": .string("${AudioBucket.Arn}/\(prefix)*")]
                    }
                },
            ],
        ]
    }
}
