/// Text with places to fill: `{words}`, and in Korean with the particle that follows: `{words:을}`.
enum Template {
    /// Puts `value` in every place called `name`, each particle in the form that follows it.
    ///
    /// What is put in is never searched for places again.
    static func fill(_ template: String, _ name: String, with value: String) -> String {
        var filled = ""
        var rest = Substring(template)
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let place = rest[rest.index(after: open)..<close].split(separator: ":")
            filled += rest[..<open]
            if place.first.map(String.init) == name {
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
