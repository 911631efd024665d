import AttentionEngine
import ModelCatalog

/// What a picture has to move beside the parameters of the setting: how many words are written,
/// on which machine. The raw value is its name in lessons, in progress and where it is typed.
package enum Dial: String, CaseIterable, Hashable, Sendable {
    /// How many words of a sentence are written.
    case written
    /// Whether keys and values are kept, 1, or made again, 0.
    case cache
    /// Which accelerator, by its place in `Accelerator.all`; behind the last this machine.
    case machine
    /// What a model does: 0 writes a token for each text, 1 reads prompts.
    case work
    /// How many GPUs share out the heads.
    case gpus
    /// Whether a latent stands beside, 1, or not, 0.
    case mla

    /// What it is called beside its slider.
    package var name: String {
        switch self {
        case .written: "words written"
        case .cache: "the cache"
        case .machine: "machine"
        case .work: "work"
        case .gpus: "GPUs"
        case .mla: "MLA beside it"
        }
    }

    /// Its values in rising order; of counts as many as any picture may have.
    package var stops: [Int] {
        switch self {
        case .written: Array(1...CacheSpec.mostWords)
        case .cache, .work, .mla: [0, 1]
        case .machine: Array(0...Accelerator.all.count)
        case .gpus: [1, 2, 4, 8, 16]
        }
    }

    /// What it is where nobody moved it.
    package var initial: Int {
        switch self {
        case .written, .gpus: 1
        case .cache, .work, .mla: 0
        case .machine: Accelerator.all.firstIndex { $0.name == "H100" } ?? 0
        }
    }

    /// A value of it as its slider shows it.
    package func text(_ value: Int) -> String {
        switch self {
        case .written, .gpus: String(value)
        case .cache, .mla: value == 0 ? "off" : "on"
        case .machine: Dial.accelerator(value)?.name ?? "here"
        case .work: value == 0 ? "writing" : "reading"
        }
    }

    /// Whether its values are numbers, as far as they are seen.
    private var isCounted: Bool { Int(text(initial)) != nil }

    /// What it may be, of some values: "off or on", "1 to 12", "L4, A100 or H100".
    package func range(among stops: [Int]) -> String {
        let texts = stops.map(text)
        guard let last = texts.last, texts.count > 1 else { return texts.joined() }
        return isCounted
            ? "\(texts[0]) to \(last)"
            : texts.dropLast().joined(separator: ", ") + " or " + last
    }

    /// The machine of a value of `machine`; nil for this machine.
    package static func accelerator(_ value: Int) -> Accelerator? {
        Accelerator.all.indices.contains(value) ? Accelerator.all[value] : nil
    }

    /// The value that a text means: a stop as it is shown; throws where it is none.
    package func value(text: String) throws(SettingError) -> Int {
        let lowercased = text.lowercased()
        guard let value = stops.first(where: { self.text($0).lowercased() == lowercased }) else {
            throw .notAmong(values: range(among: stops), of: rawValue, given: text)
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
