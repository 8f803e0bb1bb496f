import Dispatch
import Foundation
import Gateway
import HTTPTypes
import JSON
import Logging

/// What any bytes may do to the wire: be answered, and nothing else.
///
/// The first byte chooses the way in, the rest is what comes by it.
enum WireFuzzer {
    private static let open = Dispatcher(
        queues: FixedQueues(), documents: FixedDocuments(), keys: nil, cooldowns: false,
        logger: Logger(label: "fuzzing"))
    private static let guarded = Dispatcher(
        queues: FixedQueues(), documents: FixedDocuments(), keys: keys, cooldowns: false,
        logger: Logger(label: "fuzzing"))
    private static let keys: AccessKeys = {
        do { return try AccessKeys(parsing: "AKIDONE secret", path: "keys") } catch { fatalError("\(error)") }
    }()

    static func run(_ input: [UInt8]) {
        guard let way = input.first else { return }
        let rest = Array(input.dropFirst())
        switch way % 4 {
        case 0: json(rest)
        case 1: ask(open, operation(rest), Array(rest.dropFirst()))
        case 2: ask(open, nil, rest)
        default: signed(rest)
        }
    }

    /// What is read can be written, and is the same when it is read again.
    private static func json(_ bytes: [UInt8]) {
        do {
            let value = try JSONValue(parsing: bytes)
            guard try JSONValue(parsing: value.utf8) == value else { fatalError("another value comes back") }
        } catch {
            _ = error.description
        }
    }

    private static func operation(_ bytes: [UInt8]) -> String {
        let names = Dispatcher.targets
        return names[Int(bytes.first ?? 0) % names.count]
    }

    private static func ask(_ dispatcher: Dispatcher, _ target: String?, _ body: [UInt8]) {
        var headers = HTTPFields()
        if let target, let name = HTTPField.Name("X-Amz-Target") { headers[name] = target }
        let answer = answer(dispatcher, headers, target: "/", body)
        if target != nil {
            guard (try? JSONValue(parsing: answer.body)) != nil else { fatalError("an answer is not JSON") }
        }
    }

    /// The first line is the target, the next ones are headers, and the rest after an empty line is the body.
    private static func signed(_ bytes: [UInt8]) {
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)[...]
        let target = String(decoding: lines.popFirst() ?? [], as: UTF8.self)
        var headers = HTTPFields()
        while let line = lines.popFirst(), !line.isEmpty {
            let parts = String(decoding: line, as: UTF8.self).split(separator: ":", maxSplits: 1)
            guard parts.count == 2, let name = HTTPField.Name(String(parts[0])) else { continue }
            headers.append(HTTPField(name: name, value: String(parts[1])))
        }
        _ = answer(guarded, headers, target: target, Array(lines.joined(separator: [UInt8(ascii: "\n")])))
    }

    private static func answer(
        _ dispatcher: Dispatcher, _ headers: HTTPFields, target: String, _ body: [UInt8]
    ) -> WireAnswer {
        let request = WireRequest(
            method: .post, target: target, authority: "localhost", headers: headers, body: body)
        let box = Box()
        let done = DispatchSemaphore(value: 0)
        Task {
            box.answer = await dispatcher.answer(request)
            done.signal()
        }
        done.wait()
        guard let answer = box.answer, answer.status.code < 500 else { fatalError("no answer, or a failure of ours") }
        return answer
    }

    /// `@unchecked Sendable`: written before the semaphore is signalled, read after.
    private final class Box: @unchecked Sendable {
        var answer: WireAnswer?
    }
}

#if FUZZING
/// libFuzzer's way in.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    WireFuzzer.run(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}
#else
/// Without libFuzzer: runs the files that are named, which may be those of a crash.
@main
enum Replay {
    static func main() throws {
        let files = CommandLine.arguments.dropFirst()
        for file in files { WireFuzzer.run(Array(try Data(contentsOf: URL(fileURLWithPath: file)))) }
        print("\(files.count) inputs, no crash")
    }
}
#endif
