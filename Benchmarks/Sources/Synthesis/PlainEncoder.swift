import Acoustics
import CSampleRate
import CSndfile

/// libsndfile as a program would call it, with the settings that ``AudioEncoder`` has.
enum PlainEncoder {
    static func encode(_ samples: [Int16], atHz rate: Int, as format: AudioFormat) throws -> [UInt8] {
        switch format {
        case .wav: try write(samples, atHz: rate, SF_FORMAT_WAV | SF_FORMAT_PCM_16)
        case .flac: try write(samples, atHz: rate, SF_FORMAT_FLAC | SF_FORMAT_PCM_16, compression: 0)
        case .mp3: try write(samples, atHz: rate, SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III)
        case .oggOpus:
            try write(
                try resample(samples, fromHz: rate, toHz: 24_000), atHz: 24_000, SF_FORMAT_OGG | SF_FORMAT_OPUS,
                compression: 0.75)
        }
    }

    private static func write(
        _ samples: [Int16], atHz rate: Int, _ format: Int, compression: Double? = nil
    ) throws -> [UInt8] {
        let file = MemoryFile()
        var functions = MemoryFile.functions
        var info = SF_INFO()
        (info.samplerate, info.channels, info.format) = (Int32(rate), 1, Int32(format))
        let handle = sf_open_virtual(&functions, Int32(SFM_WRITE), &info, Unmanaged.passUnretained(file).toOpaque())
        guard let handle else { throw BenchmarkError("libsndfile refused a format") }
        if var compression {
            sf_command(handle, Int32(SFC_SET_COMPRESSION_LEVEL), &compression, Int32(MemoryLayout<Double>.size))
        }
        let written = sf_writef_short(handle, samples, sf_count_t(samples.count))
        guard sf_close(handle) == 0, written == samples.count else { throw BenchmarkError("libsndfile wrote less") }
        return file.bytes
    }

    private static func resample(_ samples: [Int16], fromHz rate: Int, toHz target: Int) throws -> [Int16] {
        var input = [Float](repeating: 0, count: samples.count)
        src_short_to_float_array(samples, &input, Int32(samples.count))
        var output = [Float](repeating: 0, count: samples.count * target / rate + 1)
        var result = [Int16](repeating: 0, count: output.count)
        let count = try input.withUnsafeBufferPointer { input in
            try output.withUnsafeMutableBufferPointer { output in
                var data = SRC_DATA()
                (data.data_in, data.input_frames) = (input.baseAddress, input.count)
                (data.data_out, data.output_frames) = (output.baseAddress, output.count)
                data.src_ratio = Double(target) / Double(rate)
                guard src_simple(&data, Int32(SRC_SINC_MEDIUM_QUALITY), 1) == 0 else {
                    throw BenchmarkError("libsamplerate failed")
                }
                return data.output_frames_gen
            }
        }
        src_float_to_short_array(output, &result, Int32(count))
        return Array(result[..<count])
    }
}

/// A file in memory for libsndfile.
private final class MemoryFile {
    private(set) var bytes: [UInt8] = []
    private var position = 0

    private static func of(_ data: UnsafeMutableRawPointer?) -> MemoryFile {
        guard let data else { preconditionFailure("libsndfile hands back what it was given.") }
        return Unmanaged<MemoryFile>.fromOpaque(data).takeUnretainedValue()
    }

    private func write(_ buffer: UnsafeRawBufferPointer) {
        let overlap = min(bytes.count - position, buffer.count)
        bytes.replaceSubrange(position..<position + overlap, with: buffer)
        position += buffer.count
    }

    static var functions: SF_VIRTUAL_IO {
        SF_VIRTUAL_IO(
            get_filelen: { sf_count_t(MemoryFile.of($0).bytes.count) },
            seek: { offset, whence, data in
                let file = MemoryFile.of(data)
                let base = whence == SEEK_CUR ? file.position : whence == SEEK_END ? file.bytes.count : 0
                file.position = base + Int(offset)
                return sf_count_t(file.position)
            },
            read: { _, _, _ in 0 },
            write: { pointer, count, data in
                MemoryFile.of(data).write(UnsafeRawBufferPointer(start: pointer, count: Int(count)))
                return count
            },
            tell: { sf_count_t(MemoryFile.of($0).position) })
    }
}
