import AWSBackend
import SpeakModel
import Workers

/// Who calls the stores, and what for.
extension AccessRole {
    static let backend = AccessRole(
        name: "Backend", description: "What a backend needs that enqueues jobs and reads what came of them.",
        grants: [
            Grant(
                "Enqueue", ["sqs:SendMessage", "sqs:GetQueueUrl", "sqs:GetQueueAttributes"],
                on: JobQueue.allCases.map { .queue($0.name) }),
            Grant(
                "Rows",
                [
                    "dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:PutItem",
                    "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem",
                    "dynamodb:ConditionCheckItem",
                ], on: Table.allCases.map { .table($0.name) }),
            Grant(
                "Indexes", ["dynamodb:Query"],
                on: Table.allCases.filter { !$0.schema.indexes.isEmpty }.map { .indexes(table: $0.name) }),
            Grant("Listen", ["s3:GetObject"], on: [.objects(prefix: Provisioning.speechPrefix)]),
            Grant("Record", ["s3:PutObject", "s3:GetObject"], on: [.objects(prefix: "recordings/")]),
        ])

    static let worker = AccessRole(
        name: "Worker", description: "What a worker needs that does jobs.",
        grants: [
            Grant(
                "Work",
                [
                    "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:SendMessage",
                    "sqs:GetQueueUrl", "sqs:GetQueueAttributes", "sqs:ListQueueTags",
                ], on: JobQueue.allCases.map { .queue($0.name) }),
            Grant(
                "GiveUp", ["sqs:SendMessage", "sqs:GetQueueUrl"],
                on: JobQueue.allCases.map { .queue($0.deadLetterName) }),
            Grant(
                "Rows", ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:ConditionCheckItem"],
                on: written.map { .table($0.name) }),
            Grant("Days", ["dynamodb:Query", "dynamodb:Scan"], on: read.map { .table($0.name) }),
            // Without the right to list, S3 calls an object that is not there forbidden.
            Grant("Find", ["s3:ListBucket"], on: [.bucket]),
            Grant("Sound", ["s3:GetObject", "s3:PutObject"], on: [.objects(prefix: "")]),
        ])

    private static let written: [Table] = [
        .asyncJobStatus, .sentenceAudio, .feedbackMessages, .notifications, .pronunciationResults, .dailyStatistics,
        .learningSessions, .aiConversations,
    ]
    /// What a day is counted from.
    private static let read: [Table] = [.learningSessions, .pronunciationResults, .dailyStatistics, .aiConversations]
}
