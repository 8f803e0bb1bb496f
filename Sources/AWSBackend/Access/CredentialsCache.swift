import SpeakModel

/// Credentials that are fetched once, kept, and fetched anew before they end.
///
/// Callers who come while they are being fetched wait for the same fetch. If a fetch fails while the old ones are still
/// good, the old ones are given out, and nobody asks again for a while.
actor CredentialsCache {
    /// So long before their end new ones are fetched.
    static let margin = Duration.seconds(300)
    /// So long after a failed fetch nobody asks again.
    static let pauseAfterFailure = Duration.seconds(15)

    private let source: any CredentialsSource
    private let now: @Sendable () -> Timestamp
    private var kept: AccessCredentials?
    private var fetch: Task<AccessCredentials, any Error>?
    private var failure: (error: any Error, at: Timestamp)?

    init(_ source: any CredentialsSource, now: @escaping @Sendable () -> Timestamp) {
        self.source = source
        self.now = now
    }

    /// - Throws: ``ServiceError``.
    func credentials() async throws -> AccessCredentials {
        if let kept, isFresh(kept) { return kept }
        if let failure, now() - failure.at < Self.pauseAfterFailure {
            guard let kept, isUsable(kept) else { throw failure.error }
            return kept
        }
        do {
            return try await fetched()
        } catch {
            guard let kept, isUsable(kept) else { throw error }
            return kept
        }
    }

    /// Forgets credentials that a service says have ended; other ones have been fetched already, and stay.
    func drop(_ credentials: AccessCredentials) {
        if kept == credentials { kept = nil }
    }

    private func fetched() async throws -> AccessCredentials {
        let task =
            fetch
            ?? Task { [source] in
                guard let found = try await source.credentials() else {
                    throw ServiceError.noCredentials(tried: source.name)
                }
                return found
            }
        fetch = task
        let result = await task.result
        if fetch == task {
            fetch = nil
            switch result {
            case .success(let found): (kept, failure) = (found, nil)
            case .failure(let error): failure = (error, now())
            }
        }
        return try result.get()
    }

    private func isFresh(_ credentials: AccessCredentials) -> Bool {
        credentials.expiresAt.map { $0 - now() > Self.margin } ?? true
    }

    private func isUsable(_ credentials: AccessCredentials) -> Bool {
        credentials.expiresAt.map { $0 > now() } ?? true
    }
}
