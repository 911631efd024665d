import AttentionEngine
import ModelCatalog

/// What a picture has to move beside the parameters of the setting: how many tokens are written,
/// on which machine. The raw value is its name in lessons, in progress and where it is typed.
package enum Dial: String, CaseIterable, Hashable, Sendable {
    /// How many tokens of a sentence are written.
    case written
    /// Whether keys and values are kept, 1, or made again, 0.
    case cache
    /// Where a query points, in degrees.
    case query
    /// Which token asks, counted from 1; past the last, the last.
    case token
    /// Where a second query over the same keys points, in degrees, or that there is none.
    case second
    /// Which accelerator, by its place in `Accelerator.all`; behind the last this machine.
    case machine
    /// What a model does: 0 writes a token for each text, 1 reads prompts.
    case work
    /// How many GPUs share out the heads.
    case devices
    /// Whether a latent stands beside, 1, or not, 0.
    case mla
    /// Where the bracket of "q x W x latents" stands: -1 left, so that no key is made; 0 nowhere;
    /// to the right as many keys as are made.
    case bracket
    /// Whether W is learnt, 0, or copies, 1.
    case matrix
    /// Which layer of a real model, counted from 0.
    case layer
    /// Whether the first token counts, 1, or is left out, 0.
    case first
    /// What memory is counted in: 0 numbers, 1 bits.
    case memory

    /// What it is called beside its slider.
    package var name: String {
        switch self {
        case .written: "tokens written"
        case .cache: "the cache"
        case .query: "query, degrees"
        case .token: "token that asks"
        case .second: "second, degrees"
        case .machine: "machine"
        case .work: "work"
        case .devices: "GPU devices"
        case .mla: "MLA beside it"
        case .bracket: "the bracket"
        case .matrix: "the matrix W"
        case .layer: "layer"
        case .first: "first token"
        case .memory: "memory in"
        }
    }

    /// Its values in rising order; of counts as many as any picture may have.
    package var stops: [Int] {
        switch self {
        case .written: Array(1...CacheSpec.mostWords)
        case .query: HeadSpec.directions
        case .token: Array(1...max(HeadSpec.mostTokens, LooksSpec.tokens))
        case .second: [HeadSpec.noSecond] + HeadSpec.directions
        case .cache, .work, .mla, .matrix, .first, .memory: [0, 1]
        case .layer: Array(0..<LooksSpec.mostHeads)
        case .machine: Array(0...Accelerator.all.count)
        case .devices: [1, 2, 4, 8, 16]
        case .bracket: Array(-1...BracketsSpec.tokens)
        }
    }

    /// What it is where nobody moved it.
    package var initial: Int {
        switch self {
        case .query: 60
        case .token: HeadSpec.mostTokens
        case .second: HeadSpec.noSecond
        case .written, .devices, .first: 1
        case .cache, .work, .mla, .bracket, .matrix, .layer, .memory: 0
        case .machine: Accelerator.all.firstIndex { $0.name == "H100" } ?? 0
        }
    }

    /// A value of it as its slider shows it.
    package func text(_ value: Int) -> String {
        switch self {
        case .written, .query, .token, .devices, .layer: String(value)
        case .cache, .mla: value == 0 ? "off" : "on"
        case .second: value == HeadSpec.noSecond ? "none" : String(value)
        case .machine: Dial.accelerator(value)?.name ?? "here"
        case .work: value == 0 ? "writing" : "reading"
        case .bracket: value < 0 ? "absorbed" : value == 0 ? "start" : String(value)
        case .matrix: value == 0 ? "learnt" : "copies"
        case .first: value == 0 ? "ignored" : "counted"
        case .memory: value == 0 ? "numbers" : "bits"
        }
    }

    /// What it may be, of some values: "off or on", "1 to 12", "L4, A100 or H100".
    package func range(among stops: [Int]) -> String {
        let texts = stops.map(text)
        switch self {
        case .written, .token, .layer: return "\(texts.first ?? "") to \(texts.last ?? "")"
        case .query: return Self.directions
        case .second: return "none, or " + Self.directions
        case .cache, .machine, .work, .devices, .mla, .bracket, .matrix, .first, .memory:
            let last = texts.suffix(1)
            return [texts.dropLast().joined(separator: ", "), last.joined()]
                .filter { !$0.isEmpty }.joined(separator: " or ")
        }
    }

    /// The machine of a value of `machine`; nil for this machine.
    package static func accelerator(_ value: Int) -> Accelerator? {
        Accelerator.all.indices.contains(value) ? Accelerator.all[value] : nil
    }

    private static let directions =
        "a multiple of \(HeadSpec.turn) from 0 to \(360 - HeadSpec.turn)"

    /// The value that a text means: a stop as it is shown; throws where it is none, or none of
    /// those that are possible.
    package func value(
        text: String, within possible: ClosedRange<Int>? = nil
    ) throws(SettingError) -> Int {
        let (lowercased, stops) = (
            text.lowercased(), stops.filter { possible?.contains($0) ?? true }
        )
        guard let value = stops.first(where: { self.text($0).lowercased() == lowercased }) else {
            throw .notAmong(values: range(among: stops), of: rawValue, given: text)
        }
        return value
    }
}

extension Dial {
    /// Throws where a value is none that pictures can show, or where none of them has the dial.
    func check(_ value: Int, against range: ClosedRange<Int>?) throws(SettingError) {
        guard let range else { throw .noPicture(of: rawValue) }
        if !range.contains(value) {
            let shown = self.range(among: stops.filter(range.contains))
            throw .notAmong(values: shown, of: rawValue, given: text(value))
        }
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

    /// The same at what pictures can show: of each dial that they have the nearest such value, and
    /// nothing of any other.
    package func held(to ranges: [Dial: ClosedRange<Int>]) -> DialValues {
        var held = DialValues()
        for (dial, range) in ranges {
            held[dial] = Swift.min(Swift.max(self[dial], range.lowerBound), range.upperBound)
        }
        return held
    }

    /// Those that were moved, as `init(text:)` reads it: "written=3,cache=on"; empty of none.
    package var text: String { text(from: DialValues()) }

    /// Those that stand elsewhere than in others, in the same form.
    package func text(from others: DialValues) -> String {
        Dial.allCases.filter { self[$0] != others[$0] }.map { dial in
            "\(dial.rawValue)=\(dial.text(self[dial]))"
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
