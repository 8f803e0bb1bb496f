/// Where a recording is.
package enum AudioPlace: Hashable, Sendable {
    case file(path: String)
    case object(key: String, bucket: String)
}
