import AttentionEngine
import CourseContent

/// The two ways to a head's scores from latents, at a scene's setting and as far as its dials are.
package struct BracketFigures {
    /// n.
    package let queryHeads: Int
    /// h.
    package let headDimension: Int
    /// c and r.
    package let widths: LatentWidths
    /// K/V heads that a latent has room for, keys side by side and then values, for W to copy.
    package let copiedHeads: Int
    /// What is computed of one head; nil where that is too much for a picture.
    package let scores: LatentScores?
    private let bracket: Int
    private let isCopyingAsked: Bool
    private let isVeiled: Bool
    private let setting: CacheSetting

    /// nil where the setting has no latent.
    package init?(_ scene: Scene) {
        guard let widths = scene.setting.latent else { return nil }
        setting = scene.setting
        queryHeads = setting.queryHeads
        headDimension = setting.headDimension
        self.widths = widths
        bracket = scene.dials[.bracket]
        isCopyingAsked = scene.dials[.matrix] == 1
        isVeiled = scene.isVeiled
        copiedHeads = min(queryHeads, widths.latentRank / 2 / headDimension)
        scores = LatentScores(
            headDimension: headDimension, widths: widths, tokens: BracketsSpec.tokens,
            copying: isCopyingAsked && copiedHeads > 0 ? 0 : nil)
    }

    // MARK: Where the bracket stands

    /// The tokens of the picture.
    package var tokens: Int { BracketsSpec.tokens }
    /// Whether the query is taken through W, so that no key is made.
    package var isAbsorbed: Bool { bracket < 0 }
    /// The tokens whose keys are made.
    package var made: Int { max(0, bracket) }
    /// The tokens whose scores are found.
    package var scored: Int { isAbsorbed ? tokens : made }
    /// Whether W copies one of the keys that a latent holds.
    package var isCopied: Bool { isCopyingAsked && copiedHeads > 0 }

    /// The form that the bracket stands for; nil before it is moved.
    package var form: LatentForm? { isAbsorbed ? .absorbed : made > 0 ? .expanded : nil }

    /// "q × (W × latents)", with some sign for the multiplication.
    package func formula(times: Character) -> String {
        switch form {
        case nil: "q \(times) W \(times) latents"
        case .expanded?: "q \(times) (W \(times) latents)"
        case .absorbed?: "(q \(times) W) \(times) latents"
        }
    }

    /// The kept key that a head copies, counted from 0.
    package func copiedKey(ofHead head: Int) -> Int { head * copiedHeads / queryHeads }

    /// The scores found so far; empty where nothing was computed.
    package var found: [Float] {
        guard let scores else { return [] }
        return Array((isAbsorbed ? scores.absorbed : scores.expanded).prefix(scored))
    }

    // MARK: What it costs

    /// A form with its multiplications, for the scores of the picture and for the whole step.
    package struct Way {
        /// The form.
        package let form: LatentForm
        /// Of the tokens scored.
        package let multiplications: Double
        /// Of a step of all layers and heads over all tokens, keys and values.
        package let wholeStep: Double
        /// Whether the bracket stands for it.
        package let isHere: Bool
    }

    /// Both forms, expanded first; empty while that is asked.
    package var ways: [Way] {
        if isVeiled { return [] }
        return LatentForm.allCases.map {
            Way(
                form: $0, multiplications: multiplications($0), wholeStep: wholeStep($0),
                isHere: $0 == form)
        }
    }

    /// One head's, for the tokens scored so far. Copies multiply nothing.
    func multiplications(_ form: LatentForm) -> Double {
        let (h, c) = (Double(headDimension), Double(widths.latentRank))
        let (r, tokens) = (Double(widths.rotaryDimension), Double(scored))
        if tokens == 0 { return 0 }
        if isCopied { return tokens * (h + r) }
        return switch form {
        case .expanded: tokens * (h * c + h + r)
        case .absorbed: h * c + tokens * (c + r)
        }
    }

    private func wholeStep(_ form: LatentForm) -> Double {
        let layers = Double(setting.layers) * Double(setting.batch)
        if isCopied {
            let width = Double(2 * headDimension + widths.rotaryDimension)
            return layers * Double(queryHeads) * Double(setting.tokens) * width
        }
        return (LatentStep(setting)?.multiplications(form) ?? 0) * layers
    }

    /// A count as it is written: "393,984", "103 trillion".
    package static func text(_ count: Double) -> String {
        count < 1e7 ? grouped(Int(count)) : inWords(count)
    }

    // MARK: What there is to say

    /// "61 layers, 128 heads, 100,000 tokens"
    package var extent: String {
        let batch = setting.batch == 1 ? "" : ", \(counted(setting.batch, "text"))"
        return "\(counted(setting.layers, "layer")), \(counted(queryHeads, "head")), "
            + "\(counted(setting.tokens, "token"))\(batch)"
    }

    /// How far both ways agree; nil before there is a score.
    package var agreement: String? {
        guard let scores, scored > 0 else { return nil }
        let difference = Double(scores.largestDifference)
        return difference == 0
            ? "exactly the same both ways"
            : "equal both ways up to \(scientific(difference))"
    }

    /// What is seen where the bracket stands; while something is asked, only what can be done.
    package var caption: String {
        isVeiled ? caption(nil, copies: false) : caption(form, copies: isCopyingAsked)
    }

    /// All that it says at the setting.
    package var captions: [String] {
        [false, true].flatMap { copies in
            [nil, .expanded, .absorbed].map { caption($0, copies: copies) }
        }
    }

    private func caption(_ form: LatentForm?, copies: Bool) -> String {
        let c = grouped(widths.latentRank)
        switch form {
        case _ where copies && copiedHeads == 0:
            return "c = \(c) is too short for a key and a value of h = "
                + "\(grouped(headDimension)) to copy, so W stays learnt."
        case nil where copies:
            return "A latent of c = \(c) can hold \(counted(copiedHeads, "key")) and "
                + "\(counted(copiedHeads, "value")) side by side. If each head's W copies one of "
                + "them, that is GQA with g = \(grouped(copiedHeads))."
        case .expanded? where copies:
            return "\(copyingHeads) A learnt W makes each of the \(grouped(queryHeads)) heads a "
                + "key of its own."
        case .absorbed? where copies:
            return "q takes the place of k0, padded with zeros: the head reads k0 and "
                + "nothing else. A learnt W lets it read all \(c) numbers."
        case nil:
            return "Right makes a key from each token's latent and compares it with q. Left takes "
                + "q through W once, and no key is made."
        case .expanded?:
            let each = Double(headDimension) * Double(widths.latentRank)
            return "Each key costs h x c = \(Self.text(each)) multiplications, in each of "
                + "\(grouped(queryHeads)) heads, and is not kept."
        case .absorbed?:
            return "No key is made; all \(grouped(queryHeads)) heads read the same numbers: "
                + "MQA with \(sharedHead). Heads differ in q x W."
        }
    }

    /// The one K/V head that all heads read where no key is made.
    private var sharedHead: String {
        let (c, r) = (widths.latentRank, widths.rotaryDimension)
        return r == 0
            ? "one key and one value of c = \(grouped(c)) numbers"
            : "one key of c + r = \(grouped(c + r)) numbers and one value of c = \(grouped(c))"
    }

    /// Which heads copy which key.
    private var copyingHeads: String {
        if copiedHeads == 1 { return "All heads copy k0, as in MQA." }
        let last = copiedHeads - 1
        // The first heads that copy k1 and the last key: the least with head · keys ≥ key · n.
        let first = (queryHeads + copiedHeads - 1) / copiedHeads
        let end = (last * queryHeads + copiedHeads - 1) / copiedHeads
        func heads(_ range: ClosedRange<Int>) -> String {
            range.count == 1
                ? "head \(range.lowerBound) copies"
                : "heads \(range.lowerBound) to \(range.upperBound) copy"
        }
        let between = last == 1 ? ", " : " … "
        return "\(heads(0...first - 1).capitalised) k0\(between)"
            + "\(heads(end...queryHeads - 1)) k\(last)."
    }
}

extension BracketFigures {
    /// The same in words.
    static func words(_ scene: Scene) -> [Passage] {
        BracketFigures(scene)?.told
            ?? [.paragraph("This needs the widths of latent attention, c and r.")]
    }

    private var told: [Passage] {
        let (h, c, r) = (headDimension, widths.latentRank, widths.rotaryDimension)
        let rotary = r == 0 ? "" : ", and a rotary key of \(grouped(r)) for all heads"
        let shape =
            "Picture: one head's scores for \(counted(tokens, "token")), \(formula(times: "x"))"
            + (r == 0 ? "" : " + rotated q x rotary keys") + ". q is 1 x \(grouped(h))"
            + (r == 0 ? ", " : " and \(grouped(r)) rotated numbers, ")
            + "W \(grouped(h)) x \(grouped(c))\(isCopied ? ", copies" : ""). "
            + "Kept of each token: a latent of \(grouped(c)) numbers\(rotary). "
        let state =
            switch form {
            case nil: "Nothing is multiplied yet."
            case .expanded?: "\(made) of \(tokens) keys are made."
            case .absorbed?: "q is taken through W; no key is made."
            }
        return [.paragraph(shape + state), .row(caption)] + costs + results
    }

    private var costs: [Passage] {
        func row(_ what: String, _ count: (Way) -> Double) -> Passage {
            .row(
                "Multiplications, \(what): "
                    + ways.map { "\($0.form.rawValue) \(Self.text(count($0)))" }
                    .joined(separator: ", ") + ".")
        }
        if ways.isEmpty { return [.row("Multiplications: ?")] }
        return
            (scored == 0 ? [] : [row("\(counted(scored, "token")), one head", \.multiplications)])
            + [row(extent, \.wholeStep)]
    }

    private var results: [Passage] {
        guard let agreement else { return [] }
        let scores = found.map { fixed(Double($0), decimals: 2) }.joined(separator: ", ")
        return [.row("Scores: \(scores); \(agreement).")]
    }
}
