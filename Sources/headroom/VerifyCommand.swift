import ArgumentParser
import AttentionEngine
import ModelFiles

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// `headroom verify`: the learner's own attention, checked.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check attention that you computed yourself, and name the mistake in it.",
        usage: "headroom verify (FILE | --example FORM) [--causal | --decode] [--watch] [--json]",
        discussion: """
            --example prints a PyTorch file to start from, with a blank to fill in; it
            saves mine.safetensors. Run verify beside your editor with --watch.

            GQA, MQA, MHA: q [n, s_q, h], k [g, s_k, h], v [g, s_k, h_v] and out
            [n, s_q, h_v], or each with the same batch in front: n query heads, g K/V
            heads, s_q query and s_k key tokens. Query head i reads K/V head i / (n/g),
            scores are scaled by 1/sqrt(h), and with --causal the last query sees every
            key. Tokens may come before heads, or heads be merged ([t, n h], with
            --heads); the usual other names are known (query, K, q_proj, attn_output).

            A batch of texts of different lengths: attention_mask [b, s_k], 1 for a token
            and 0 for padding, hides padding; rows of padding are not checked.

            Decoding (--decode): the same, where row t of out is what step t gave, from a
            cache of the keys up to its own; cache.k and cache.v, as they are after the
            last step, may be there. MLA's rows may come from a loop, too.

            MLA: x, q_proj (or q_a_proj, q_a_layernorm, q_b_proj), kv_a_proj_with_mqa,
            kv_a_layernorm, kv_b_proj, o_proj and out, as DeepSeek's modules call them,
            with cache.latent and cache.k_rope if you like; or the core alone: q_nope
            [n, s, h], q_rope [n, s, r], latent [s, c], k_rope [s, r], w_uk [n, h, c],
            w_uv [n, v, c] and out [n, s, v], the rotary parts turned, the latent after
            its norm. The absorbed form gives the same out. It is always causal.

            Tensors are F64, F32, F16, BF16 or FP8. out is computed again in double
            precision. A number is right within the tolerance, as a part of the size of
            the values that were averaged, and the rounding of out's own format; in 16
            bits scores and weights may be rounded, too. Where zeros would be right, that
            is said. A few hundred tokens show every mistake: a check of more than a few
            seconds is refused, and a search for mistakes that takes longer is cut short,
            and says so.

            The status is 0 where out matches, 1 where it does not or cannot be told, 65
            where the file is not valid, 66 where it cannot be opened.

            EXAMPLES
              headroom verify --example gqa
              headroom verify mine.safetensors --causal
              headroom verify mine.safetensors --decode
              headroom verify --example mla
              headroom verify mine.safetensors --json
            """)

    @Argument(
        help: ArgumentHelp("The file.", valueName: "FILE"),
        completion: .file(extensions: ["safetensors"]))
    var file: String?

    @OptionGroup var options: VerifyOptions

    @Option(
        help: ArgumentHelp(
            "Print a file to start from: \(VerifyExample.names).", valueName: "FORM"),
        completion: .list(VerifyExample.allCases.map(\.rawValue)))
    var example: String?

    @Flag(help: "Check again whenever the file is saved; Ctrl-C ends it.")
    var watch = false

    @Flag(help: "Print JSON instead of text.")
    var json = false

    func run() throws {
        let options = try options.value()
        if let example {
            guard let known = VerifyExample(rawValue: example) else {
                throw ValidationError("--example: '\(example)' is not \(VerifyExample.names)")
            }
            if file != nil || watch || json || !self.options.isEmpty {
                throw ValidationError("--example prints a file, and checks none")
            }
            print(known.text)
            return
        }
        guard let file else { throw ValidationError("missing expected argument 'FILE'") }
        if watch {
            WatchedFile(path: file).forEachVersion { [self] in
                // What is wrong with this version is told; the next may be right.
                _ = try? check(file, options)
                try? flushOutput()
            }
        }
        if try !check(file, options) { throw CommandStatus.failure.code }
    }

    /// Whether the file's attention is right.
    private func check(_ file: String, _ options: VerificationOptions) throws -> Bool {
        let report = try reading(file) { (bytes) throws(FileProblem) in
            let record = try AttentionRecord(SafeTensors(bytes))
            let line = ProgressLine()
            defer { line.erase() }
            return try reportingProblems { () throws(VerificationProblem) in
                try AttentionVerification(record, options, progress: line.show)
            }
        }
        let answer = VerifyAnswer(report)
        print(json ? answer.json.text : answer.lines.joined(separator: "\n"))
        return report.isMatch
    }
}

/// What is asked of the attention.
struct VerifyOptions: ParsableArguments {
    @Flag(help: "A causal mask is wanted: a query sees no later token.")
    var causal = false

    @Flag(help: "out's rows come from a decoding loop, one a step.")
    var decode = false

    @Flag(help: "The file holds MLA; without it the tensors' names decide.")
    var mla = false

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Query heads, where shapes leave them open.", valueName: "N"))
    var heads: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("MLA: numbers of a head's key without rotary ones.", valueName: "H"))
    var nope: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Tokens that a query sees at the most, its own too.", valueName: "N"))
    var window: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The base of rotary angles (default: 10000).", valueName: "NUMBER"))
    var ropeBase: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("What is turned together: pairs or halves.", valueName: "LAYOUT"),
        completion: .list(RotaryLayout.allCases.map(\.rawValue)))
    var ropeLayout: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The factor on scores, if not 1/sqrt(h).", valueName: "NUMBER"))
    var scale: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The largest error, as a part of the values' size (default: 1e-4).",
            valueName: "NUMBER"))
    var tolerance: String?

    /// Whether nothing is asked for.
    var isEmpty: Bool {
        let texts = [heads, nope, window, ropeBase, ropeLayout, scale, tolerance]
        return !causal && !decode && !mla && texts.allSatisfy { $0 == nil }
    }

    /// Throws the first value that is none.
    func value() throws -> VerificationOptions {
        var value = VerificationOptions()
        (value.causal, value.isDecoding, value.isLatent) = (causal, decode, mla)
        if decode && causal {
            throw ValidationError("--decode is always causal: leave --causal out")
        }
        value.heads = try whole("--heads", heads)
        value.nope = try whole("--nope", nope)
        value.window = try whole("--window", window)
        value.tolerance = try number("--tolerance", tolerance, "of 0 or more") { $0 >= 0 } ?? 1e-4
        value.ropeBase = try number("--rope-base", ropeBase, "above 1") { $0 > 1 } ?? 10_000
        value.scale = try number("--scale", scale, "other than 0") { $0 != 0 }
        if let ropeLayout {
            guard let layout = RotaryLayout(rawValue: ropeLayout) else {
                throw ValidationError("--rope-layout: '\(ropeLayout)' is not pairs or halves")
            }
            value.ropeLayout = layout
        }
        return value
    }

    private func whole(_ name: String, _ text: String?) throws -> Int? {
        guard let text else { return nil }
        guard let value = Int(text), value > 0 else {
            throw ValidationError("\(name): '\(text)' is not a whole number of 1 or more")
        }
        return value
    }

    private func number(
        _ name: String, _ text: String?, _ what: String, _ isLegal: (Double) -> Bool
    ) throws -> Double? {
        guard let text else { return nil }
        guard let value = Double(text), value.isFinite, isLegal(value) else {
            throw ValidationError("\(name): '\(text)' is not a number \(what)")
        }
        return value
    }
}

/// A line on stderr that tells how far a check is: only where somebody watches, and only when it
/// has taken a second.
private final class ProgressLine {
    private let isWatched = isatty(2) == 1
    private let clock = ContinuousClock()
    private var next = ContinuousClock().now + .seconds(1)
    private var isShown = false

    func show(_ phase: AttentionVerification.Phase, _ part: Double) {
        guard isWatched, clock.now >= next else { return }
        next = clock.now + .milliseconds(100)
        isShown = true
        let full = Int(part * 20)
        let bar = String(repeating: "#", count: full) + String(repeating: ".", count: 20 - full)
        let what = phase == .checking ? "checking out" : "trying mistakes"
        writeError("\r[\(bar)] \(what)   ")
    }

    func erase() {
        if isShown { writeError("\r" + String(repeating: " ", count: 45) + "\r") }
    }
}
