/// Why a recording cannot be judged fairly, said to the learner who made it.
package enum RecordingRefusal: Hashable, Sendable {
    case tooShort(milliseconds: Int)
    /// `nil` for one that is so long that nobody counted.
    case tooLong(milliseconds: Int?)
    /// Nobody is heard.
    case silent
    /// The microphone was overdriven. The share, 0–1, is of samples at full scale.
    case clipped(share: Double)

    /// A fixed word per case, safe as a metric label.
    package var label: String {
        switch self {
        case .tooShort: "too_short"
        case .tooLong: "too_long"
        case .silent: "silent"
        case .clipped: "clipped"
        }
    }
}

extension RecordingRefusal: CustomStringConvertible {
    package var description: String { reasonInEnglish }

    /// What is wrong and what to do about it, in both of the school's languages.
    package var reason: String { "\(reasonInKorean) \(reasonInEnglish)" }

    package var reasonInEnglish: String {
        switch self {
        case .tooShort(let milliseconds):
            "The recording is too short (\(seconds(milliseconds)) s): please read the whole sentence."
        case .tooLong(let milliseconds):
            "The recording is too long\(milliseconds.map { " (\(seconds($0)) s)" } ?? ""): "
                + "please keep it under \(RecordingQuality.longestInMilliseconds / 60_000) minutes."
        case .silent:
            "No voice can be heard: please check the microphone and speak closer to it."
        case .clipped:
            "The recording is distorted because it is too loud: please speak a little farther from the microphone."
        }
    }

    package var reasonInKorean: String {
        switch self {
        case .tooShort(let milliseconds):
            "녹음이 너무 짧아요(\(seconds(milliseconds))초). 문장을 끝까지 읽어 주세요."
        case .tooLong(let milliseconds):
            "녹음이 너무 길어요\(milliseconds.map { "(\(seconds($0))초)" } ?? ""). \(RecordingQuality.longestInMilliseconds / 60_000)분 안으로 녹음해 주세요."
        case .silent:
            "목소리가 들리지 않아요. 마이크를 확인하고 더 가까이에서 말해 주세요."
        case .clipped:
            "소리가 너무 커서 녹음이 찌그러졌어요. 마이크에서 조금 떨어져서 말해 주세요."
        }
    }

    /// Tenths of a second, without a locale: `0.2`.
    private func seconds(_ milliseconds: Int) -> String {
        "\(milliseconds / 1000).\(milliseconds % 1000 / 100)"
    }
}
