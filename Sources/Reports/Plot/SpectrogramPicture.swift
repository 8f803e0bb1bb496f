import Acoustics
import Foundation

/// A spectrogram in greys, dark where it is loud.
struct SpectrogramPicture {
    let spectrogram: Spectrogram
    /// The level that is black; ``rangeInDB`` below is white.
    let loudestInDB: Double
    let time: TimeScale
    let frame: PlotFrame

    static let rangeInDB = 52.0
    /// A picture has no more columns and rows than show, since its size is what a plot's file mostly consists of.
    static let mostColumns = 620
    static let mostRows = 130

    private static let palette: [RGBColour] = (0..<256).map {
        RGBColour(0xFF, 0xFF, 0xFF).mixed(with: RGBColour(0x1E, 0x25, 0x30), share: Double($0) / 255)
    }

    /// Noise in an empty recording is not shown as if it were loud.
    private static let leastLoudestInDB = -50.0

    /// The highest level of all.
    static func loudestInDB(_ spectrogram: Spectrogram) -> Double {
        var loudest = leastLoudestInDB
        for frame in 0..<spectrogram.frameCount {
            for bin in 0..<spectrogram.binCount { loudest = max(loudest, level(spectrogram, frame, bin)) }
        }
        return loudest
    }

    /// 6 dB an octave above 500 Hz make up for how speech falls towards high frequencies, as in Praat's pictures.
    private static func level(_ spectrogram: Spectrogram, _ frame: Int, _ bin: Int) -> Double {
        let level = Double(spectrogram[frame, bin])
        let octaves = log2(max(1, Double(bin) * spectrogram.binInHz / 500))
        return level > Double(Spectrogram.floorInDB) ? level + 6 * octaves : level
    }

    /// `nil` if no frame lies on this line.
    var element: SVGElement? {
        image.map { image in
            SVGElement(
                "image",
                [
                    "x": SVGValue(frame.x), "y": SVGValue(frame.y), "width": SVGValue(frame.width),
                    "height": SVGValue(frame.height), "preserveAspectRatio": "none",
                    "href": SVGValue("data:image/png;base64," + Data(image.bytes).base64EncodedString()),
                ])
        }
    }

    /// The highest level of the frames and bins that share a pixel.
    var image: PNGImage? {
        let (columns, rows) = (Self.groups(frameRange, Self.mostColumns), Self.groups(bins, Self.mostRows))
        guard !columns.isEmpty, !rows.isEmpty else { return nil }
        let pixels = rows.reversed().flatMap { bins in columns.map { shade($0, bins) } }
        return PNGImage(width: columns.count, height: rows.count, pixels: pixels, palette: Self.palette)
    }

    private var bins: Range<Int> { 0..<spectrogram.binCount }

    /// Neighbours put together so that there are at most `most` groups.
    private static func groups(_ range: Range<Int>, _ most: Int) -> [Range<Int>] {
        let step = max(1, (range.count + most - 1) / most)
        return stride(from: range.lowerBound, to: range.upperBound, by: step).map {
            $0..<min($0 + step, range.upperBound)
        }
    }

    /// Frames whose middles lie on this line.
    private var frameRange: Range<Int> {
        let first = Int((time.range.lowerBound / spectrogram.hopInSeconds).rounded(.up))
        let last = Int((time.range.upperBound / spectrogram.hopInSeconds).rounded(.up))
        return (first..<max(first, last)).clamped(to: 0..<spectrogram.frameCount)
    }

    private func shade(_ frames: Range<Int>, _ bins: Range<Int>) -> UInt8 {
        var level = -Double.infinity
        for frame in frames {
            for bin in bins { level = max(level, Self.level(spectrogram, frame, bin)) }
        }
        return UInt8((min(1, max(0, 1 - (loudestInDB - level) / Self.rangeInDB)) * 255).rounded())
    }
}
