/// Which state of which sound, in which neighbourhood, is which senone: the file `mdef` of a CMU Sphinx model.
///
/// Format: binary model definition of PocketSphinx, version 1. The tree of triphones is searched where it lies.
struct ModelDefinition: Sendable {
    static let statesPerPhone = 3

    /// Where in its word a phone stands, numbered as in the file.
    enum WordPosition: Int, CaseIterable { case inner, first, last, only }

    /// Names of the context-independent phones, in the order of their codebooks.
    let names: [String]
    let senoneCount: Int
    /// Nodes of four levels (word position, phone, left and right neighbour): context, children, first child or phone.
    private let tree: [Node]
    /// By phone, context-independent ones first: its sequence of senones.
    private let sequenceOfPhone: [Int32]
    private let sequences: [Int16]
    private let silence: Int

    private struct Node { var context, childCount: Int16; var target: Int32 }

    init(_ file: ModelFile) throws(AcousticModelError) {
        var file = file
        guard try file.take(4).elementsEqual("BMDF".utf8) else { throw file.damaged("it is no model definition") }
        guard try file.int32() == 1 else { throw file.damaged("its version is unknown") }
        _ = try file.take(try file.int32())
        var header: [Int] = []
        for _ in 0..<10 { header.append(try file.int32()) }
        let (phoneCount, states, sequenceCount, nodeCount) = (header[1], header[2], header[6], header[8])
        guard states == Self.statesPerPhone, header[0] > 0, header[0] <= phoneCount, header[9] >= 0,
            header[9] < header[0]
        else { throw file.damaged("its phones do not have three states") }
        let start = file.offset
        var names: [String] = []
        for _ in 0..<header[0] { names.append(try file.zeroTerminated()) }
        try file.align(from: start)
        tree = try Self.nodes(&file, count: nodeCount)
        sequenceOfPhone = try Self.sequencesOfPhones(&file, count: phoneCount)
        guard try file.int32() == sequenceCount * states else { throw file.damaged("its sequences do not add up") }
        sequences = try file.take(2 * sequenceCount * states).withUnsafeBytes { raw in
            (0..<sequenceCount * states).map {
                Int16(littleEndian: raw.loadUnaligned(fromByteOffset: 2 * $0, as: Int16.self))
            }
        }
        (self.names, senoneCount, silence) = (names, header[4], header[9])
        guard sequenceOfPhone.allSatisfy({ 0..<sequenceCount ~= Int($0) }),
            sequences.allSatisfy({ 0..<senoneCount ~= Int($0) })
        else { throw file.damaged("it names senones that are not there") }
    }

    private static func nodes(_ file: inout ModelFile, count: Int) throws(AcousticModelError) -> [Node] {
        try file.take(8 * count).withUnsafeBytes { raw in
            (0..<count).map { index in
                Node(
                    context: Int16(littleEndian: raw.loadUnaligned(fromByteOffset: 8 * index, as: Int16.self)),
                    childCount: Int16(littleEndian: raw.loadUnaligned(fromByteOffset: 8 * index + 2, as: Int16.self)),
                    target: Int32(littleEndian: raw.loadUnaligned(fromByteOffset: 8 * index + 4, as: Int32.self)))
            }
        }
    }

    private static func sequencesOfPhones(_ file: inout ModelFile, count: Int) throws(AcousticModelError) -> [Int32] {
        try file.take(12 * count).withUnsafeBytes { raw in
            (0..<count).map { Int32(littleEndian: raw.loadUnaligned(fromByteOffset: 12 * $0, as: Int32.self)) }
        }
    }

    /// The senones of a phone's three states without regard to its neighbours.
    func senones(of phone: Int) -> [Int] { senones(ofEntry: phone) }

    /// The senones of a phone between two others; of the same triphone elsewhere in a word where it was never seen
    /// there, and of the phone alone where it was never seen at all.
    func senones(of phone: Int, left: Int, right: Int, position: WordPosition) -> [Int] {
        let others = WordPosition.allCases.filter { $0 != position }
        for position in [position] + others {
            if let entry = entry([position.rawValue, phone, left, right]) { return senones(ofEntry: entry) }
        }
        return senones(of: phone)
    }

    private func senones(ofEntry entry: Int) -> [Int] {
        let first = Int(sequenceOfPhone[entry]) * Self.statesPerPhone
        return sequences[first..<first + Self.statesPerPhone].map(Int.init)
    }

    private func entry(_ contexts: [Int]) -> Int? {
        var nodes = 0..<WordPosition.allCases.count
        for context in contexts {
            guard nodes.upperBound <= tree.count, let node = tree[nodes].first(where: { Int($0.context) == context })
            else { return nil }
            let target = Int(node.target)
            if node.childCount == 0 { return sequenceOfPhone.indices.contains(target) ? target : nil }
            guard target >= 0 else { return nil }
            nodes = target..<target + Int(node.childCount)
        }
        return nil
    }
}
