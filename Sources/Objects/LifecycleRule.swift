package import SpeakModel

/// A rule by which objects of a bucket expire.
///
/// Source: Amazon S3 User Guide, "Lifecycle configuration elements".
package struct LifecycleRule: Codable, Hashable, Sendable {
    package var id: String
    package var isEnabled: Bool
    package var prefix = ""
    package var tags: [String: String] = [:]
    /// Objects of more bytes than this.
    package var sizeAbove: Int?
    /// Objects of fewer bytes than this.
    package var sizeBelow: Int?
    /// Objects expire at the midnight (UTC) behind so many days.
    package var expirationDays: Int?
    /// All objects expire at this moment, in milliseconds since 1970.
    package var expirationDate: Int64?
    /// Uploads that nobody has ended so many days after their beginning are aborted.
    package var abortDays: Int?

    package init(id: String, isEnabled: Bool) {
        self.id = id
        self.isEnabled = isEnabled
    }

    package func applies(to info: ObjectInfo) -> Bool {
        isEnabled && info.key.utf8.starts(with: prefix.utf8) && tags.allSatisfy { info.tags[$0.key] == $0.value }
            && sizeAbove.map { info.bytes > $0 } ?? true && sizeBelow.map { info.bytes < $0 } ?? true
    }

    /// When an object that the rule applies to expires, if it does.
    package func expiry(ofObjectFrom moment: Timestamp) -> Timestamp? {
        expirationDate.map(Timestamp.init(milliseconds:)) ?? expirationDays.map { Self.midnight(behind: moment, $0) }
    }

    /// Objects that are not younger than this have expired now; `nil` where none has.
    package func oldest(at now: Timestamp) -> Timestamp? {
        if let expirationDate { return expirationDate <= now.milliseconds ? now : nil }
        return expirationDays.map { Self.start(ofDayOf: now) + .days(-$0) }
    }

    /// Uploads that have begun before this are aborted now.
    package func oldestUpload(at now: Timestamp) -> Timestamp? {
        abortDays.map { Self.start(ofDayOf: now) + .days(-$0) }
    }

    private static func midnight(behind moment: Timestamp, _ days: Int) -> Timestamp {
        let later = moment + .days(days)
        let midnight = start(ofDayOf: later)
        return midnight == later ? later : midnight + .days(1)
    }

    private static func start(ofDayOf moment: Timestamp) -> Timestamp {
        let day: Int64 = 86_400_000
        return Timestamp(milliseconds: (moment.milliseconds / day) * day)
    }
}
