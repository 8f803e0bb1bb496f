internal import Foundation

/// How 125,000 English words are said: the CMU Pronouncing Dictionary as Debian's pocketsphinx-en-us carries it.
///
/// The file stays as it is in memory, with an index of where its words begin.
package struct PronouncingDictionary: Sendable {
    package static let standardPath = "/usr/share/pocketsphinx/model/en-us/cmudict-en-us.dict"

    private let bytes: [UInt8]
    /// A hash table of positions with linear probing; 0 is free, else one more than where a line begins.
    private var slots: [UInt32]

    /// - Throws: ``AcousticModelError``.
    package init(path: String = standardPath) throws(AcousticModelError) {
        var file = try ModelFile(path)
        bytes = Array(try file.takeRest())
        guard bytes.count < Int(UInt32.max) else { throw file.damaged("it is too large") }
        slots = [UInt32](repeating: 0, count: 1 << 19)
        let count = index()
        guard (1...slots.count / 2).contains(count) else { throw file.damaged("it has \(count) words") }
    }

    private mutating func index() -> Int {
        var count = 0
        var line = 0
        bytes.withUnsafeBufferPointer { bytes in
            while line < bytes.count {
                let end = bytes[line...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
                if let space = bytes[line..<end].firstIndex(of: UInt8(ascii: " ")), count < slots.count / 2 {
                    var slot = Self.slot(of: bytes[line..<space], count: slots.count)
                    while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
                    slots[slot] = UInt32(line + 1)
                    count += 1
                }
                line = end + 1
            }
        }
        return count
    }

    /// FNV-1a, whose lowest bits choose the slot.
    private static func slot(of word: some Sequence<UInt8>, count: Int) -> Int {
        let hash = word.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return Int(truncatingIfNeeded: hash ^ hash >> 32) & (count - 1)
    }

    /// The pronunciations of a word in lower case; empty for one that is not there.
    package func pronunciations(of word: String) -> [[Phone]] {
        guard let first = entry(word) else { return [] }
        var found = [first]
        while found.count < PronouncedWord.mostPronunciations, let next = entry("\(word)(\(found.count + 1))") {
            found.append(next)
        }
        return found
    }

    private func entry(_ word: String) -> [Phone]? {
        let wanted = Array(word.utf8)
        var slot = Self.slot(of: wanted, count: slots.count)
        while slots[slot] != 0 {
            let line = bytes[(Int(slots[slot]) - 1)...]
            if line.starts(with: wanted), line.dropFirst(wanted.count).first == UInt8(ascii: " ") {
                let phones = line.dropFirst(wanted.count).prefix { $0 != UInt8(ascii: "\n") }
                let names = String(decoding: phones, as: UTF8.self).split(separator: " ")
                let known = names.compactMap { Phone(rawValue: String($0)) }
                return known.isEmpty || known.count < names.count ? nil : known
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }
}
