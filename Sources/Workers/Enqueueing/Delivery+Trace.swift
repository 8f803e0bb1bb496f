package import Queueing
package import Telemetry

extension Delivery {
    /// The trace that a message belongs to.
    ///
    /// A sender who names none has one all the same, the same in every delivery: the message's id is one.
    package var trace: TraceParent {
        if let named = attributes[TraceParent.name],
            let trace = TraceParent(parsing: String(decoding: named.value, as: UTF8.self))
        {
            return trace
        }
        let digits = id.description.lowercased().filter { $0 != "-" }
        return TraceParent(traceID: digits, parentID: String(digits.suffix(16))) ?? .beginning()
    }
}
