/// Text with places to fill: `{words}`, and in Korean with the particle that follows: `{words:을}`.
enum Template {
    /// Puts each value in every place of its name, each particle in the form that follows it.
    ///
    /// What is put in is never searched for places; a place without a value stays as it is.
    static func fill(_ template: String, with values: [String: String]) -> String {
        var filled = ""
        var rest = Substring(template)
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let place = rest[rest.index(after: open)..<close].split(separator: ":")
            filled += rest[..<open]
            if let value = place.first.flatMap({ values[String($0)] }) {
                let particle = place.count > 1 ? KoreanParticle(rawValue: String(place[1])) : nil
                filled += value + (particle?.form(after: value) ?? "")
            } else {
                filled += rest[open...close]
            }
            rest = rest[rest.index(after: close)...]
        }
        return filled + rest
    }
}
