/// Who answers the requests of a server.
protocol Answerer: Sendable {
    /// The longest body of a request that is read whole.
    var mostBodyBytes: Int { get }

    /// Whether a request, of which only the head has come, is to be read whole and answered by this.
    func isFor(_ head: WireRequest) -> Bool

    func answer(_ request: WireRequest) async -> WireAnswer

    /// The answer to a request whose body is too long, of which only the head is kept.
    func refusal(_ head: WireRequest) -> WireAnswer
}
