import AttentionEngine
import CourseContent

/// How many keys (and as many values) a head makes while a sentence is written token by token.
package struct CacheFigures {
    /// The tokens so far.
    package let words: ArraySlice<String>
    /// Whether keys and values are kept.
    package let isKept: Bool
    private let isVeiled: Bool

    /// Of the sentence as far as the dials have it written.
    package init(_ spec: CacheSpec, _ scene: Scene) {
        words = spec.words.prefix(scene.dials[.written])
        isKept = scene.dials[.cache] == 1
        isVeiled = scene.isVeiled
    }

    /// The keys that are made in the step of a token, counted from 1; the others are kept.
    package func made(at token: Int, isKept: Bool) -> Int { isKept ? 1 : token }

    /// The keys made in all steps so far; nil while that is asked.
    package func made(isKept: Bool) -> Int? {
        isVeiled ? nil : words.indices.reduce(0) { $0 + made(at: $1 + 1, isKept: isKept) }
    }

    /// Both ways to write with how many keys each has made: without a cache first.
    package var ways: [(name: String, keys: Int?, isHere: Bool)] {
        [
            ("without a cache", made(isKept: false), !isKept),
            ("with a cache", made(isKept: true), isKept),
        ]
    }

    /// "21 keys, 21 values", or a question mark for what is asked.
    package static func text(_ keys: Int?) -> String {
        keys.map { "\(counted($0, "key")), \(counted($0, "value"))" } ?? "?"
    }

    var told: [Passage] {
        guard let newest = words.last else { return [] }
        let count = words.count
        let sentence =
            "Picture: \(counted(count, "token")) written: "
            + words.joined(separator: " ") + ". "
        let reading =
            count == 1
            ? "Its query meets its own key and value. "
            : "The query of the newest, \(newest), meets the keys and values of all \(count). "
        let made = made(at: count, isKept: isKept)
        let step =
            "Made in this step: \(counted(made, "key")) and \(counted(made, "value"))"
            + (made == count ? "." : "; kept from before: \(count - made) of each.")
        return [.paragraph(sentence + reading + step)]
            + ways.map { way in
                .row("made so far \(way.name): \(Self.text(way.keys))\(way.isHere ? ", here" : "")")
            }
    }
}
