import Crypto

/// Sixteen bytes that stand for a text: archives have more ids than a process should keep.
///
/// Source: SHA-256 (FIPS 180-4), cut to 128 bits; among a thousand million texts, two meet with a chance of 10⁻²¹.
struct Digest: Hashable, Sendable {
    let value: UInt128

    init(_ text: String) {
        value = SHA256.hash(data: Array(text.utf8)).prefix(16).reduce(0) { $0 << 8 | UInt128($1) }
    }

    /// Of what a result is about.
    init(audio: String, text: String, spanInMilliseconds span: Range<Int>?) {
        self.init([audio, text, span.map { "\($0)" } ?? ""].joined(separator: "\u{0}"))
    }
}
