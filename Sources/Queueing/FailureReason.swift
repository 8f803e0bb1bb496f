/// Why work failed, cut to what a store keeps.
package enum FailureReason {
    /// - Returns: At most so many bytes of UTF-8, cut between characters.
    package static func cut(_ reason: String, toBytes limit: Int = QueueLimits.maximumReasonBytes) -> String {
        guard reason.utf8.count > limit else { return reason }
        var kept = ""
        var bytes = limit - "…".utf8.count
        for character in reason {
            bytes -= character.utf8.count
            if bytes < 0 { break }
            kept.append(character)
        }
        return kept + "…"
    }
}
