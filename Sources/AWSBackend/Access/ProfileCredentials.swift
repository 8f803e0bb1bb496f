/// What a profile of the shared files says: a key, or a role and what it is taken on by.
struct ProfileCredentials: CredentialsSource {
    let profile: String
    let shared: SharedConfiguration
    /// Whether somebody asked for this profile; the default one may be missing.
    let isDemanded: Bool
    /// The places outside the files that a profile may name as its `credential_source`.
    let places: [String: any CredentialsSource]
    /// STS, signed for by these credentials, or by none.
    let tokens: @Sendable (_ by: AccessCredentials?) -> TokenService

    var name: String { "the profile \(profile)" }

    func credentials() async throws -> AccessCredentials? {
        guard isDemanded || shared[profile] != nil else { return nil }
        return try await credentials(of: profile, seen: [])
    }

    private func credentials(of profile: String, seen: Set<String>) async throws -> AccessCredentials? {
        guard let settings = shared[profile] else {
            throw ServiceError.badConfiguration("There is no AWS profile named \(profile).")
        }
        guard let role = settings["role_arn"] else { return try key(settings, profile) }
        let session = settings["role_session_name"]
        if let file = settings["web_identity_token_file"] {
            return try await WebIdentityCredentials(
                role: role, session: session, tokenFile: file, tokens: { tokens(nil) }
            ).credentials()
        }
        let own: AccessCredentials?
        if let source = settings["source_profile"] {
            // A profile may name itself, for the key that stands beside its role.
            if source == profile {
                own = try key(settings, profile)
            } else {
                guard !seen.contains(source) else {
                    throw ServiceError.badConfiguration("The AWS profile \(profile) is its own source_profile.")
                }
                own = try await credentials(of: source, seen: seen.union([profile]))
            }
        } else if let place = settings["credential_source"] {
            own = try await places[place]?.credentials()
        } else {
            throw ServiceError.badConfiguration(
                "The AWS profile \(profile) has a role_arn, and no source_profile, credential_source or "
                    + "web_identity_token_file to take it on by.")
        }
        guard let own else {
            throw ServiceError.badConfiguration("The AWS profile \(profile) names a source that has no credentials.")
        }
        return try await tokens(own).assumeRole(
            role, session: session ?? "speaktracker", externalID: settings["external_id"])
    }

    private func key(_ settings: [String: String], _ profile: String) throws -> AccessCredentials? {
        switch (settings["aws_access_key_id"], settings["aws_secret_access_key"]) {
        case (nil, nil):
            // A profile may hold no more than a region; what has a process or a sign-on in it is not for us.
            if let unknown = ["credential_process", "sso_session", "sso_start_url"].first(where: { settings[$0] != nil }
            ) {
                throw ServiceError.badConfiguration(
                    "The AWS profile \(profile) has its credentials by \(unknown), which is not supported.")
            }
            return nil
        case (let id?, let secret?):
            return AccessCredentials(keyID: id, secret: secret, sessionToken: settings["aws_session_token"])
        default:
            throw ServiceError.badConfiguration(
                "Of the AWS profile \(profile), aws_access_key_id or aws_secret_access_key is missing.")
        }
    }
}
