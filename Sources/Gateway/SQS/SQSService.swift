/// Amazon SQS, version 2012-11-05 of its interface.
enum SQSService {
    static let targetPrefix = "AmazonSQS."
    static let namespace = "http://queue.amazonaws.com/doc/2012-11-05/"

    static let operations: [String: Operation] = .init([
        .createQueue, .deleteQueue, .getQueueURL, .listQueues, .getQueueAttributes, .setQueueAttributes, .purgeQueue,
        .tagQueue, .untagQueue, .listQueueTags, .listDeadLetterSourceQueues,
        .addPermission, .removePermission, .startMessageMoveTask, .listMessageMoveTasks, .cancelMessageMoveTask,
        .sendMessage, .sendMessageBatch, .receiveMessage, .deleteMessage, .deleteMessageBatch,
        .changeMessageVisibility, .changeMessageVisibilityBatch,
    ])
}
