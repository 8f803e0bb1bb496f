/// A message that may be leased, by its row without its contents.
struct LeaseCandidate {
    let row, visibleAt, sentAt, receiveCount, receivedElsewhere: Int64
    let firstReceivedAt: Int64?
    let lastFailure: String?
    let sourceQueue: String?
    let sequence: Int64?
    let group: String?

    /// From the columns in which all queries for candidates select them.
    init(_ row: PreparedStatement) {
        self.row = row.integer(0)
        visibleAt = row.integer(1)
        sentAt = row.integer(2)
        receiveCount = row.integer(3)
        receivedElsewhere = row.integer(4)
        firstReceivedAt = row.isNull(5) ? nil : row.integer(5)
        lastFailure = row.text(6)
        sourceQueue = row.text(7)
        sequence = row.isNull(8) ? nil : row.integer(8)
        group = row.text(9)
    }
}
