import Acoustics
import CEspeakNG
import Foundation

/// What somebody would write instead of us: a bare loop whose sentences libsndfile encodes in memory, and which then
/// writes each to a plain file, if there is a folder for them.
///
/// Nothing is synced, nothing has marks, and a crash leaves half a file.
enum EncodingLoop {
    /// - Returns: Seconds of audio a processor second, initialisation apart.
    static func rate(_ sentences: [String], as format: AudioFormat, folder: String?) throws -> Double {
        let espeak = try BareEspeak(.ours)
        espeak_SetSynthCallback { block, count, events in
            if let block, let data = events?.pointee.user_data {
                Unmanaged<Samples>.fromOpaque(data).takeUnretainedValue()
                    .all.append(contentsOf: UnsafeBufferPointer(start: block, count: Int(count)))
            }
            return 0
        }
        let samples = Samples()
        var total = 0
        let start = processorSeconds()
        for (index, sentence) in sentences.enumerated() {
            samples.all.removeAll(keepingCapacity: true)
            try espeak.speak(sentence, Unmanaged.passUnretained(samples).toOpaque())
            let bytes = try PlainEncoder.encode(samples.all, atHz: espeak.sampleRateInHz, as: format)
            if let folder { try write(bytes, to: "\(folder)/\(index).\(format.fileExtension)") }
            total += samples.all.count
        }
        return Double(total) / Double(espeak.sampleRateInHz) / (processorSeconds() - start)
    }

    private final class Samples {
        var all: [Int16] = []
    }

    private static func write(_ bytes: [UInt8], to path: String) throws {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        guard file >= 0, Foundation.write(file, bytes, bytes.count) == bytes.count, close(file) == 0 else {
            throw BenchmarkError("\(path) could not be written")
        }
    }
}
