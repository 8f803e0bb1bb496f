extension RedrivePolicy {
    /// Whether a message has had all its deliveries, so that the next receive moves it.
    ///
    /// - Parameter receiveCount: Its deliveries in this queue so far.
    package func isExhausted(receiveCount: Int) -> Bool { receiveCount >= maximumReceiveCount }

    /// What stands as the reason beside a dead letter whose receivers gave none.
    package static func silentReason(receiveCount: Int) -> String {
        "Received \(receiveCount) \(receiveCount == 1 ? "time" : "times") and never finished; no reason was given."
    }
}
