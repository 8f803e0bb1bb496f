import Acoustics
import Foundation
import Testing

@Suite("The ffmpeg command")
struct FFmpegTests {
    private static let recording = PhoneRecording.amr(frames: 50)

    // MARK: - Finding it

    @Test(
        "is needed for what phones record, and one sentence says so",
        arguments: [
            ("\0\0\0\u{8}ftyp", "MP4 audio (M4A or 3GP)"), ("\u{1A}E", "WebM"), ("#!AMR\n", "AMR"),
        ])
    func missing(_ beginning: String, _ format: String) {
        let bytes = beginning == "\u{1A}E" ? [0x1A, 0x45, 0xDF, 0xA3, 0x80] : Array(beginning.utf8)
        #expect(throws: AudioError.needsFFmpeg(format: format)) {
            try AudioDecoder.decode(bytes, ffmpeg: FFmpeg(searchPath: "/nowhere:/"))
        }
        #expect(
            AudioError.needsFFmpeg(format: format).description
                == "This recording is \(format); ffmpeg is needed to read it and is not installed.")
    }

    @Test("is not needed for what libsndfile reads")
    func notNeeded() throws {
        let bytes = try PhoneRecording.tone(seconds: 0.1, rate: 16_000)
        #expect(try AudioDecoder.decode(bytes, ffmpeg: FFmpeg(searchPath: "")).samples.count == 1_600)
    }

    @Test("is looked for in absolute folders, and is a file that can be run")
    func search() throws {
        try FakeFFmpeg.with("exit 1") { fake in
            let path = fake.command.searchPath
            #expect(fake.command.executable == path + "/ffmpeg")
            #expect(FFmpeg(searchPath: "/nowhere::\(path)").executable == path + "/ffmpeg")
            #expect(FFmpeg(searchPath: "./:\(path)/..:relative").executable == nil)
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path + "/ffmpeg")
            #expect(fake.command.executable == nil)
            try FileManager.default.removeItem(atPath: path + "/ffmpeg")
            try FileManager.default.createDirectory(atPath: path + "/ffmpeg", withIntermediateDirectories: true)
            #expect(fake.command.executable == nil)
        }
    }

    // MARK: - Limits

    @Test(
        "is killed with all that it started when it takes too long",
        arguments: [
            "sleep 1000", "sleep 1000 & sleep 1000", "trap '' TERM; sleep 1000", "yes >&2",
            "while true; do echo; done >&2",
        ])
    func hangs(_ script: String) throws {
        try FakeFFmpeg.with(script, timeLimitInSeconds: 1) { fake in
            #expect(throws: AudioError.tookTooLong(limitInSeconds: 1)) { try decode(fake) }
            #expect(fake.isInProcessTable == false)
            #expect(fake.everybodyIsGone())
        }
    }

    @Test("is killed when it writes more than a recording can have", arguments: ["yes", "yes & yes"])
    func floods(_ script: String) throws {
        try FakeFFmpeg.with(script) { fake in
            #expect(throws: AudioError.tooLong(limitInSeconds: 600)) { try decode(fake) }
            #expect(fake.isInProcessTable == false)
            #expect(fake.everybodyIsGone())
        }
    }

    @Test("is killed when it runs on with nothing more to say")
    func closesItsPipes() throws {
        try FakeFFmpeg.with("exec >&- 2>&-; sleep 1000") { fake in
            #expect(throws: AudioError.damaged(reason: "ffmpeg was ended by signal 9.")) { try decode(fake) }
            #expect(fake.isInProcessTable == false)
            #expect(fake.everybodyIsGone())
        }
    }

    @Test("that has used up its processor time took too long")
    func processorTime() throws {
        try FakeFFmpeg.with("kill -XCPU $$") { fake in
            #expect(throws: AudioError.tookTooLong(limitInSeconds: 30)) { try decode(fake) }
        }
    }

    @Test("leaves no descriptor behind, however it ends")
    func descriptors() throws {
        try FakeFFmpeg.with("exit 1") { fake in
            let before = try Self.openPipesAndRecordings()
            for _ in 0..<300 { #expect(throws: AudioError.self) { try decode(fake) } }
            let after = try Self.openPipesAndRecordings()
            // Other tests open some meanwhile, but not one for each of these.
            #expect(after - before < 100)
        }
    }

    private static func openPipesAndRecordings() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count { number in
            // One that was closed meanwhile leads nowhere, and is not counted.
            let name = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(number)")
            guard let name else { return false }
            return name.hasPrefix("pipe:") || name.hasPrefix("/memfd:recording")
        }
    }

    // MARK: - What it is given, and what it gives

    @Test("gets the recording, and nothing else of ours")
    func surroundings() throws {
        let script = """
            cat </dev/fd/3 >"${0%ffmpeg}received"
            for file in /proc/$$/fd/*; do files="$files ${file##*/}"; done
            echo "home=$HOME input=$(cat | wc -c) files=$files" >&2
            exit 1
            """
        let open = fcntl(1, F_DUPFD, 700)
        defer { close(open) }
        try FakeFFmpeg.with(script) { fake in
            let error = #expect(throws: AudioError.self) { try decode(fake) }
            let text = error?.description ?? ""
            #expect(text.contains("home= input=0 files= 0 1 "), "\(text)")
            #expect(open >= 700 && !text.contains("\(open)"), "\(text)")
            let received = try Data(contentsOf: URL(filePath: fake.command.searchPath + "/received"))
            #expect([UInt8](received) == Self.recording)
        }
    }

    @Test(
        "is quoted without addresses and names that mean nothing to people",
        arguments: [
            ("[mov,mp4 @ 0x55bf9b808c40] moov atom not found", "moov atom not found"),
            ("/dev/fd/3: Invalid data found", "Invalid data found"),
            ("[h264 @ 0x1] Codec (h264) not on whitelist 'aac'\n    Last message repeated 1 times\nworse", "worse"),
            ("\u{1B}[31mred\u{7}", "[31mred"), ("", "ffmpeg gave no reason."), ("\n \n", "ffmpeg gave no reason."),
            (String(repeating: "x", count: 6_000), String(repeating: "x", count: 200)),
        ])
    func complaints(_ written: String, _ reason: String) throws {
        try FakeFFmpeg.with("cat >&2 <<'END'\n\(written)\nEND\nexit 1") { fake in
            #expect(throws: AudioError.damaged(reason: reason)) { try decode(fake) }
        }
    }

    @Test("that ends well and writes no sound is not believed", arguments: ["exit 0", "echo This is not a WAV file."])
    func writesNoSound(_ script: String) throws {
        try FakeFFmpeg.with(script) { fake in
            let error = #expect(throws: AudioError.self) { try decode(fake) }
            #expect(error?.label == "damaged")
        }
    }

    @Test("that cannot be started may be there later")
    func cannotStart() throws {
        try FakeFFmpeg.with("exit 1", interpreter: "/nowhere/interpreter") { fake in
            let error = #expect(throws: AudioError.self) { try decode(fake) }
            #expect(error?.label == "decoder_unavailable" && error?.isTransient == true)
            #expect(error?.description.contains("No such file") == true)
        }
    }

    private func decode(_ fake: FakeFFmpeg) throws -> Waveform {
        try AudioDecoder.decode(Self.recording, ffmpeg: fake.command)
    }
}
