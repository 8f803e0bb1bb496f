import Acoustics
import Foundation
import JSON
import Pronunciation
import Speech

let corpus = CommandLine.arguments[2]
let model = try AcousticModel()
let lexicon = Lexicon(dictionary: try PronouncingDictionary(), transcriber: EspeakSynthesizer.shared)
let golden =
    try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: corpus + "/golden.json"))) as! [[String: Any]]
for entry in golden {
    let id = entry["utt"] as! String
    let words = try await lexicon.words(in: entry["text"] as! String)
    let wave = try AudioDecoder.decode([UInt8](Data(contentsOf: URL(filePath: "\(corpus)/train/\(id).flac"))))
    let analysis = try UtteranceAnalysis(of: wave, reading: words, model: model)
    let segs = entry["segments"] as! [[Any]]
    let gops = entry["gop_cd_loop"] as! [Double]
    print(
        id, "frames", entry["frames"]!, analysis.segments.last!.frames.upperBound, "warp", entry["warp"]!,
        analysis.warp, "segments", segs.count, analysis.segments.count)
    var g = 0
    for (ours, theirs) in zip(analysis.segments, segs) {
        let isPhone = (theirs[0] as! Int) >= 0
        let gop = isPhone ? gops[g] : 0
        if isPhone { g += 1 }
        print(
            "  ", ours.word ?? -1, ours.phone?.rawValue ?? "SIL", ours.frames,
            ours.phone == nil ? 0 : analysis.goodness(of: ours), "|", theirs[0], theirs[1], theirs[2], theirs[3], gop)
    }
}
