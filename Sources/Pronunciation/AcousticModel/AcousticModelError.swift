/// Why an acoustic model or its dictionary cannot be used.
package enum AcousticModelError: Error, Hashable, Sendable {
    /// A file of the model is not there.
    case missing(path: String)
    /// A file is there, and is not what it should be.
    case damaged(path: String, reason: String)

    /// A fixed word per case, safe as a metric label.
    package var label: String {
        switch self {
        case .missing: "acoustic_model_missing"
        case .damaged: "acoustic_model_damaged"
        }
    }
}

extension AcousticModelError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .missing(let path):
            "The acoustic model is not installed: \(path) is missing. Install it with: apt-get install pocketsphinx-en-us"
        case .damaged(let path, let reason):
            "The acoustic model is damaged: \(path): \(reason). Install it again with: "
                + "apt-get install --reinstall pocketsphinx-en-us"
        }
    }
}
