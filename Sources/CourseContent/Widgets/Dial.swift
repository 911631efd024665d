import AttentionEngine

/// What a picture has to move beside the parameters of the setting: how many words are written,
/// on which machine. The raw value is its name in lessons, in progress and where it is typed.
package enum Dial: String, CaseIterable, Hashable, Sendable {
    /// How many words of a sentence are written.
    case written
    /// Whether keys and values are kept, 1, or made again, 0.
    case cache
    /// Where the bracket of "q x W x latents" stands: -1 left, so that no key is made; 0 nowhere;
    /// to the right as many keys as are made.
    case bracket
    /// Whether W is learnt, 0, or copies, 1.
    case matrix

    /// What it is called beside its slider.
    package var name: String {
        switch self {
        case .written: "words written"
        case .cache: "the cache"
        case .bracket: "the bracket"
        case .matrix: "the matrix W"
        }
    }

    /// Its values in rising order; of counts as many as any picture may have.
    package var stops: [Int] {
        switch self {
        case .written: Array(1...CacheSpec.mostWords)
        case .cache, .matrix: [0, 1]
        case .bracket: Array(-1...BracketsSpec.tokens)
        }
    }

    /// What it is where nobody moved it.
    package var initial: Int {
        switch self {
        case .written: 1
        case .cache, .bracket, .matrix: 0
        }
    }

    /// A value of it as its slider shows it.
    package func text(_ value: Int) -> String {
        switch self {
        case .written: String(value)
        case .cache: value == 0 ? "off" : "on"
        case .bracket: value < 0 ? "absorbed" : value == 0 ? "start" : String(value)
        case .matrix: value == 0 ? "learnt" : "copies"
        }
    }

    /// What it may be, for those who wrote something else: "off or on", "1 to 12".
    private var range: String {
        let texts = stops.map(text)
        return texts.count == 2
            ? texts.joined(separator: " or ") : "\(texts[0]) to \(texts[texts.count - 1])"
    }

    /// The value that a text means: a stop as it is shown; throws where it is none.
    package func value(text: String) throws(SettingError) -> Int {
        let lowercased = text.lowercased()
        guard let value = stops.first(where: { self.text($0).lowercased() == lowercased }) else {
            throw .notAmong(values: range, of: rawValue, given: text)
        }
        return value
    }
}

/// Where dials stand: each at its initial value unless it was moved.
package struct DialValues: Hashable, Sendable {
    private var moved: [Dial: Int] = [:]

    /// All as nobody moved them.
    package init() {}

    /// Where one stands.
    package subscript(dial: Dial) -> Int {
        get { moved[dial] ?? dial.initial }
        set { moved[dial] = newValue == dial.initial ? nil : newValue }
    }

    /// Those that were moved, as `init(text:)` reads it: "written=3,cache=on"; empty of none.
    package var text: String {
        Dial.allCases.compactMap { dial in
            moved[dial].map { "\(dial.rawValue)=\(dial.text($0))" }
        }.joined(separator: ",")
    }

    /// What a text says, of whatever somebody wrote: what is no dial, or no value of it, is left
    /// out.
    package init(text: String) {
        for pair in text.split(separator: ",") {
            let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let dial = Dial(rawValue: parts[0]),
                let value = try? dial.value(text: parts[1])
            else { continue }
            self[dial] = value
        }
    }
}
