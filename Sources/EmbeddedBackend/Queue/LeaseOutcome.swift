import Queueing
import SpeakModel

/// What one look into a queue has brought.
struct LeaseOutcome: Sendable {
    let lookedAt: Timestamp
    var deliveries: [Delivery] = []
    /// Another look would find more at once.
    var hasMore = false
    /// When the first hidden message that this look saw becomes visible.
    var nextDue: Timestamp?
    /// The dead-letter queue that messages moved to, and how many.
    var deadLetterQueueName: String?
    var movedCount = 0
}
