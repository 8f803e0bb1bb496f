import Hummingbird
import NIOCore

/// What Hummingbird keeps for a request: the connection, beside what it keeps for every one.
struct WireContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }
}
