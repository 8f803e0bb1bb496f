import Objects
import Testing

@Suite struct BucketNameTests {
    @Test(
        "names that S3 takes",
        arguments: [
            "abc", "speaktracker-audio", "a.b", "1a2", "123", "a-.b", "1.2.3", "1.2.3.4.5", "1.2.3.a", "xn-a",
            "s3alias", String(repeating: "a", count: 63),
        ])
    func good(_ name: String) throws {
        #expect(try BucketName(name).description == name)
    }

    @Test(
        "names that S3 refuses, with the reason",
        arguments: [
            ("", "has 0 bytes"), ("ab", "has 2 bytes"), (String(repeating: "a", count: 64), "has 64 bytes"),
            ("Abc", "lowercase letters"), ("a_b", "lowercase letters"), ("a/b", "lowercase letters"),
            ("a b", "lowercase letters"), ("a\0b", "lowercase letters"), ("버킷", "lowercase letters"),
            ("a٣b", "lowercase letters"), ("...", "begin and end"), (".ab", "begin and end"), ("ab.", "begin and end"),
            ("-ab", "begin and end"), ("ab-", "begin and end"), ("a..b", "two dots"), ("192.168.5.4", "IP address"),
            ("999.1.1.1", "IP address"), ("xn--a", "start with xn--"), ("sthree-a", "start with sthree-"),
            ("amzn-s3-demo-a", "start with amzn-s3-demo-"), ("a-s3alias", "end with -s3alias"),
            ("a--ol-s3", "end with --ol-s3"), ("a.mrap", "end with .mrap"), ("a--x-s3", "end with --x-s3"),
            ("a--table-s3", "end with --table-s3"),
        ])
    func bad(_ name: String, _ reason: String) {
        let error = #expect(throws: ObjectError.badBucketName(name)) { try BucketName(name) }
        #expect(error?.description.contains(reason) == true)
    }
}
