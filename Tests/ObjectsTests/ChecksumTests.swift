import Objects
import Testing

@Suite("checksums")
struct ChecksumTests {
    private func digest(_ algorithm: ChecksumAlgorithm, _ bytes: [UInt8]) -> [UInt8] {
        var digests = BodyDigests([algorithm])
        digests.update(bytes)
        return digests[algorithm] ?? []
    }

    /// The check values of the catalogue of parametrised CRC algorithms (CRC-32/ISO-HDLC, CRC-32/ISCSI, CRC-64/NVME), and
    /// the hashes of FIPS 180.
    @Test(
        "known values",
        arguments: [
            (.crc32, "123456789", "cbf43926"), (.crc32c, "123456789", "e3069283"),
            (.crc64nvme, "123456789", "ae8b14860a799888"), (.sha1, "abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
            (.sha256, "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (.crc32, "", "00000000"), (.crc64nvme, "", "0000000000000000"),
        ] as [(ChecksumAlgorithm, String, String)])
    func known(_ algorithm: ChecksumAlgorithm, _ text: String, _ expected: String) {
        let digits = digest(algorithm, Array(text.utf8)).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
        #expect(digits.joined() == expected)
    }

    @Test("a body in pieces has the checksum of the whole", arguments: ChecksumAlgorithm.allCases)
    func pieces(_ algorithm: ChecksumAlgorithm) {
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * 7) }
        for cut in [0, 1, 7, 8, 9, 500, 1000] {
            var digests = BodyDigests([algorithm])
            digests.update(Array(bytes[..<cut]))
            digests.update(Array(bytes[cut...]))
            #expect(digests[algorithm] == digest(algorithm, bytes))
            #expect(digests.sizeInBytes == 1000)
        }
    }

    @Test(
        "the checksum of a whole follows from its parts' where it can",
        arguments: [ChecksumAlgorithm.crc32, .crc32c, .crc64nvme], [[0], [1], [5, 0, 3], [1000, 1, 65_536, 77]])
    func combined(_ algorithm: ChecksumAlgorithm, _ sizes: [Int]) {
        let bodies = sizes.enumerated().map { part, size in (0..<size).map { UInt8(truncatingIfNeeded: $0 * 31 + part) }
        }
        let parts = bodies.map { PartChecksums.Part(digest: digest(algorithm, $0), sizeInBytes: $0.count) }
        #expect(PartChecksums.whole(algorithm, parts) == digest(algorithm, Array(bodies.joined())))
        #expect(PartChecksums.whole(.sha256, parts) == nil)
    }
}
