/// An edge of the transcript's graph, packed for the inner loop of the alignment.
struct SweepEdge {
    let source: Int32
    let target: Int32
    let token: Int32
    /// Among the edges that lead to the target, counted from 1.
    let number: UInt8
    let isJoin: Bool
}
