/// Metrics in Prometheus's text format, version 0.0.4.
package enum PrometheusText {
    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    package static func page(_ families: [MetricFamily]) -> String { families.map(text).joined() }

    private static func text(of family: MetricFamily) -> String {
        let name = family.name
        let lines = family.series.map { "\(name)\($0.suffix)\(labels($0.labels)) \(number($0.value))\n" }
        return "# HELP \(name) \(escaped(family.help))\n# TYPE \(name) \(family.kind.rawValue)\n" + lines.joined()
    }

    private static func labels(_ labels: [(String, String)]) -> String {
        if labels.isEmpty { return "" }
        let pairs = labels.map { name, value in
            "\(name)=\"\(escaped(value).replacing("\"", with: "\\\""))\""
        }
        return "{\(pairs.joined(separator: ","))}"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
    }

    /// Whole numbers without a fraction; the three values that are no numbers as Go writes them.
    private static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        return Int64(exactly: value).map(String.init) ?? "\(value)"
    }
}
