/// Sentences as learners practise them, no two alike, so that nothing is spoken from the cache.
enum PracticeSentences {
    private static let people = [
        "My brother", "The new teacher", "Our neighbour", "Her friend", "The captain", "A young doctor", "His aunt",
        "The bus driver", "Their cousin", "An old farmer", "The shopkeeper", "Your sister", "The pianist",
    ]
    private static let verbs = ["wanted to buy", "forgot to bring", "was looking for", "has found", "might borrow"]
    private static let things = ["a warm coat", "three red apples", "the train tickets", "a guitar", "an umbrella"]
    private static let ends = ["before the concert.", "at the station, I think.", "yesterday.", "for only 25 dollars!"]

    static func make(_ count: Int) -> [String] {
        let all = people.flatMap { person in
            verbs.flatMap { verb in
                things.flatMap { thing in ends.map { "\(person) \(verb) \(thing) \($0)" } }
            }
        }
        precondition(count <= all.count, "There are \(all.count) sentences.")
        return Array(all.prefix(count))
    }
}
