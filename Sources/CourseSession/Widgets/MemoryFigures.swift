import AttentionEngine
import CourseContent

/// What a memory view shows at a scene: the formula with its numbers, what it makes, and a bar for
/// each variant.
package struct MemoryFigures: Sendable {
    private let spec: MemorySpec
    let scene: Scene
    let report: MemoryReport

    /// What a memory view that a lesson asks for shows at a scene.
    package init(_ spec: MemorySpec, _ scene: Scene) {
        self.spec = spec
        self.scene = scene
        report = MemoryReport(scene.setting)
    }

    func size(in report: MemoryReport) -> VariantSize? {
        report[spec.formulaVariant(at: report.setting)]
    }

    func factors(of size: VariantSize) -> [CacheFactor] {
        size.factors.filter { spec.shows($0.kind) }
    }

    /// Whether a parameter is among the factors shown so far.
    func shows(_ parameter: Parameter) -> Bool { spec.shows(.parameter(parameter)) }

    /// The pinned setting's size, of the variant that its own formula would be about.
    private var pinned: VariantSize? { scene.pinned.flatMap { size(in: MemoryReport($0)) } }

    /// The size of the model that the setting was made from, with the model's own sharing.
    private var built: VariantSize? {
        guard spec.factors == nil, let built = scene.built else { return nil }
        return MemoryReport(built.setting)[built.setting.latent == nil ? .gqa : .mla]
    }

    // MARK: The formula

    /// The factors, each with the letter of its parameter; none where the setting has no such
    /// variant.
    package var terms: [[Phrase]] {
        size(in: report).map { size in factors(of: size).map { term($0, of: size) } } ?? []
    }

    private func term(_ factor: CacheFactor, of size: VariantSize) -> [Phrase] {
        let number = Phrase(factor.valueText, .figure)
        switch factor.kind {
        case .parameter(.bytesPerNumber):
            return [number, Phrase(factor.value == 8 ? " byte" : " bytes")]
        case .parameter(let parameter): return [Phrase(parameter.letter + " "), number]
        case .keyAndValue: return [number, Phrase(" (K and V)")]
        case .headCount:
            return size.variant == .mqa
                ? [number, Phrase(" K/V head")] : [Phrase("n "), number]
        case .tokensKeptOverLayers: return kept
        case .latentNumbers:
            guard let latent = scene.setting.latent else { return [number] }
            return [
                Phrase("(c "), Phrase(grouped(latent.latentRank), .figure), Phrase(" + r "),
                Phrase(grouped(latent.rotaryDimension), .figure), Phrase(")"),
            ]
        }
    }

    /// "(12 full x 8,192 + 12 window x 128 tokens)": full layers, then window layers.
    private var kept: [Phrase] {
        let setting = scene.setting
        guard let windowed = setting.windowed else { return [] }
        func product(_ layers: Int, _ kind: String, _ tokens: Int) -> [Phrase] {
            let (layers, tokens) = (Phrase(grouped(layers), .figure), grouped(tokens))
            return [layers, Phrase(" \(kind) x "), Phrase(tokens, .figure)]
        }
        let full = setting.layers - windowed.layers
        return [Phrase("(")]
            + (full == 0 ? [] : product(full, "full", setting.tokens) + [Phrase(" + ")])
            + product(windowed.layers, "window", min(windowed.window, setting.tokens))
            + [Phrase(" tokens)")]
    }

    /// A factor on a line of its own.
    package struct Rung: Sendable {
        /// The letter of its parameter; empty where it has none.
        package let letter: String
        /// Its number, "2" or "c 512 + r 64".
        package let value: String
        /// What it counts.
        package let meaning: String
        /// The product from the first factor to this one: "32,768", in bytes at the last; empty
        /// under an open question, and where it says nothing new.
        package let product: String
    }

    /// The factors one below the other, with what they make up to there.
    package var ladder: [Rung] {
        guard let size = size(in: report) else { return [] }
        let factors = factors(of: size)
        return factors.indices.map { index in
            let factor = factors[index]
            let (letter, value, meaning) = rung(factor, of: size)
            let isNew = index > 0 && factor.value > 1 && !scene.isVeiled
            let (bytes, count) = product(of: Array(factors[...index]))
            return Rung(
                letter: letter, value: value, meaning: meaning,
                product: isNew ? bytes?.exact ?? grouped(count) : "")
        }
    }

    private func rung(
        _ factor: CacheFactor, of size: VariantSize
    ) -> (letter: String, value: String, meaning: String) {
        let value = factor.valueText
        return switch factor.kind {
        case .parameter(.bytesPerNumber): ("", value, factor.value == 8 ? "byte" : "bytes")
        case .parameter(let parameter): (parameter.letter, value, parameter.name)
        case .keyAndValue: ("", value, "a key and a value")
        case .headCount:
            size.variant == .mqa
                ? ("", value, "K/V head") : ("n", value, "heads")
        case .tokensKeptOverLayers: ("", kept.text, "")
        case .latentNumbers:
            (
                "c + r", value,
                scene.setting.latent.map {
                    "latent \(grouped($0.latentRank)), rotary key \(grouped($0.rotaryDimension))"
                } ?? ""
            )
        }
    }

    // MARK: The result

    /// The product of the factors so far, in bytes where they are among them.
    func product(of factors: [CacheFactor]) -> (size: ByteCount?, count: Int) {
        let product = factors.reduce(1) { $0 * $1.value }
        let hasBytes = factors.contains { $0.kind == .parameter(.bytesPerNumber) }
        return (hasBytes ? ByteCount(bits: product) : nil, product)
    }

    /// "403 MB (384 MiB), 1/12 of MHA"; a question mark under an open question.
    package var result: [Phrase] {
        guard let size = size(in: report) else { return [] }
        if scene.isVeiled { return [Phrase("?", .result), Phrase("  guess first", .faint)] }
        let factors = factors(of: size)
        if factors.count < size.factors.count {
            let (bytes, count) = product(of: factors)
            return bytes.map { [Phrase(scene.units.text($0), .result)] }
                ?? [Phrase(grouped(count), .result), Phrase(count == 1 ? " number" : " numbers")]
        }
        var phrases = [Phrase(scene.units.text(size.size), .result)]
        if spec.variants(at: scene.setting).contains(.mha), size.variant != .mha,
            let times = report.timesLessThanMHA(size.variant)
        {
            phrases.append(
                Phrase(times == 1 ? ", as much as MHA" : ", 1/\(brief(times)) of MHA"))
        }
        func held(against other: VariantSize) -> String {
            let ratio = Double(size.size.bytes) / Double(other.size.bytes)
            return ratio == 1
                ? ", as much as"
                : ratio < 1 ? ", 1/\(brief(1 / ratio)) of" : ", \(brief(ratio)) times"
        }
        if let pinned { phrases.append(Phrase(held(against: pinned) + " the pin")) }
        if let built, let name = scene.built?.model?.name {
            phrases.append(Phrase(held(against: built) + " \(name) as built"))
        }
        return phrases
    }

    /// The result alone, in one unit: "403 MB", "196,608", "?".
    package var shortResult: String {
        guard !scene.isVeiled, let size = size(in: report) else { return "?" }
        let factors = factors(of: size)
        if factors.count == size.factors.count {
            return scene.units == .binary ? size.size.binary : size.size.decimal
        }
        let (bytes, count) = product(of: factors)
        return bytes?.decimal ?? grouped(count)
    }

    // MARK: The bars

    /// A size beside others, to be drawn as long as it is large.
    package struct Bar: Sendable {
        /// The variant's short name, or "pin" or "built".
        package let name: String
        /// "8 K/V", or "c + r".
        package let heads: String
        /// The K/V heads that it is made of; nil for a latent.
        package let keyValueHeads: Int?
        /// The size of the whole cache.
        package let size: ByteCount
        /// What is said beside it where it is of the variant whose formula is shown: "here", or
        /// which end of the slider it is.
        package var place: String?

        /// Whether it is of the variant whose formula is shown.
        package var isHere: Bool { place != nil }
    }

    /// The variants' bars, then those of the pin and of the model as built; none where none are
    /// shown.
    package var bars: [Bar] {
        guard spec.showsBars else { return [] }
        let here = spec.formulaVariant(at: scene.setting)
        let own = spec.variants(at: scene.setting).compactMap { variant in
            report[variant].map {
                bar(variant.shortName, $0, variant == here ? place(of: variant) : nil)
            }
        }
        return own + (pinned.map { [bar("pin", $0)] } ?? [])
            + (built.map { [bar("built", $0)] } ?? [])
    }

    private func bar(_ name: String, _ size: VariantSize, _ place: String? = nil) -> Bar {
        let count: Int? = if case .perHead(let heads, _) = size.layout { heads } else { nil }
        return Bar(
            name: name, heads: count.map { "\(grouped($0)) K/V" } ?? "c + r",
            keyValueHeads: count, size: size.size, place: place)
    }

    /// At the ends of its slider grouped-query attention is one of the others.
    private func place(of variant: AttentionVariant) -> String {
        let own = scene.setting.shape.variant
        return variant == .gqa && own != .gqa ? "= \(own.shortName)" : "here"
    }

    // MARK: In words

    /// The formula and the bars as text, their figures hidden by an open question.
    package var words: [Passage] {
        let formula = terms.map(\.text).joined(separator: " × ")
        return [.paragraph("Cache = \(formula) = \(resultInWords).")] + barWords + tokenWords
    }

    /// What the formula makes.
    package var resultInWords: String {
        scene.isVeiled ? "?, hidden until you answer" : result.text
    }

    private var barWords: [Passage] {
        let bars = bars
        if bars.isEmpty { return [] }
        if scene.isVeiled {
            let names = bars.map { "\($0.name), \(inFull($0.heads))" }.joined(separator: "; ")
            return [.paragraph("Bars, hidden until you answer: \(names).")]
        }
        let longest = bars.map(\.size.bytes).max() ?? 1
        let isAlone = Set(bars.map(\.size)).count == 1
        let told = bars.map { bar in
            var told = "\(bar.name), \(inFull(bar.heads)): \(scene.units.short(bar.size))"
            if bar.size.bytes < longest {
                told += ", 1/\(brief(Double(longest) / Double(bar.size.bytes))) of it"
            } else if !isAlone {
                told += ", the longest"
            }
            if let place = bar.place {
                let other = "; here the same as \(place.dropFirst(2))"
                told += place == "here" ? "; you are here" : other
            }
            return Passage.row(told + ".")
        }
        return [.paragraph("Bars:")] + told
    }

    private func inFull(_ heads: String) -> String {
        guard heads.hasSuffix("K/V") else { return "one latent" }
        return heads + (heads == "1 K/V" ? " head" : " heads")
    }
}
