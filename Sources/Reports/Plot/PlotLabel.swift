/// Text in the middle of a cell: smaller or condensed where it would not fit, left out where that does not help.
struct PlotLabel {
    let elements: [SVGElement]

    private static let padding = 4.0
    private static let smallestSize = 9.0
    /// Text set to less than this share of its width cannot be read.
    private static let mostCondensed = 0.62

    /// - Parameter dy: The baseline below the cell's top.
    init(_ text: String, in frame: PlotFrame, size: Double, dy: Double, isQuiet: Bool = false) {
        let room = frame.width - Self.padding
        let natural = text.widthInEms
        let fitting = min(size, max(Self.smallestSize, room / max(natural, 0.1)))
        let isCondensed = natural * fitting > room
        guard room > 0, natural * fitting * Self.mostCondensed <= room + Self.padding / 2 else {
            elements = []
            return
        }
        let place = Self.attributes(x: frame.midX, y: frame.y + dy, size: fitting, isQuiet: isQuiet)
        let width: KeyValuePairs<String, SVGValue> =
            isCondensed ? ["textLength": SVGValue(room + 2), "lengthAdjust": "spacingAndGlyphs"] : [:]
        elements = [SVGElement("text", place, text: text).with(width)]
    }

    /// From the bottom to the top of a narrow cell.
    static func turned(_ text: String, in frame: PlotFrame, size: Double) -> [SVGElement] {
        let (x, y) = (frame.midX + size * 0.36, frame.y + frame.height / 2)
        let turn = "rotate(-90 \(x.plain(decimals: 2)) \(y.plain(decimals: 2)))"
        let place = attributes(x: x, y: y, size: size, isQuiet: false)
        return [SVGElement("text", place, text: text).with(["transform": SVGValue(turn)])]
    }

    private static func attributes(
        x: Double, y: Double, size: Double, isQuiet: Bool
    ) -> KeyValuePairs<String, SVGValue> {
        [
            "x": SVGValue(x), "y": SVGValue(y), "font-size": SVGValue(size), "text-anchor": "middle",
            "fill": SVGValue(PlotColours.ink), "fill-opacity": isQuiet ? 0.75 : 1,
        ]
    }
}
