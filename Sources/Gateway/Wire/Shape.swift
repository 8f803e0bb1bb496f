/// The form of a request's or an answer's member, and how the older Query protocol writes it.
///
/// Operations see and give JSON values; both protocols are made from these.
///
/// Source: "AWS query protocol" in the Smithy specification, and the Amazon SQS service model 2012-11-05.
indirect enum Shape: Sendable {
    case string
    case integer
    case boolean
    /// Anything that JSON has; the operation checks it.
    case any
    /// Bytes, written in base 64.
    case blob
    /// In the Query protocol a member a value: `Name.1`, `Name.2`.
    case list(Shape, name: String)
    /// In the Query protocol `Entry.1.Key` and `Entry.1.Value`, whatever their names are here.
    case map(Shape, entry: String, key: String, value: String)
    /// In the order in which XML has its members.
    case structure([Member])

    struct Member: Sendable {
        let name: String
        let shape: Shape

        init(_ name: String, _ shape: Shape) { (self.name, self.shape) = (name, shape) }
    }

    static let nothing = Shape.structure([])
}
