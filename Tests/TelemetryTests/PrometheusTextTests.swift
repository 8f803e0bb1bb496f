import Telemetry
import Testing

@Suite("Prometheus's text format")
struct PrometheusTextTests {
    @Test("has a line a series, its numbers whole where they can be")
    func page() {
        let family = MetricFamily(
            "jobs_total", .counter, help: "Jobs that have ended.",
            [.init(["kind": "score", "outcome": "done"], 12), .init(["kind": "speak", "outcome": "failed"], 0.5)])
        let text = """
            # HELP jobs_total Jobs that have ended.
            # TYPE jobs_total counter
            jobs_total{kind="score",outcome="done"} 12
            jobs_total{kind="speak",outcome="failed"} 0.5

            """
        #expect(PrometheusText.page([family]) == text)
    }

    @Test("escapes what would end a line or a label")
    func escapes() {
        let family = MetricFamily(
            "up", .gauge, help: "One\nline, \\ and \"quotes\".", [.init(["queue": "a\"b\\c\nd"], 1)])
        let text = #"""
            # HELP up One\nline, \\ and "quotes".
            # TYPE up gauge
            up{queue="a\"b\\c\nd"} 1

            """#
        #expect(PrometheusText.page([family]) == text)
    }

    @Test(
        "writes numbers as Go reads them",
        arguments: [(Double.nan, "NaN"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (-3, "-3"), (1e300, "1e+300")])
    func numbers(value: Double, text: String) {
        let page = PrometheusText.page([MetricFamily("x", .gauge, help: "", [.init([:], value)])])
        #expect(page.hasSuffix("\nx \(text)\n"))
    }
}
