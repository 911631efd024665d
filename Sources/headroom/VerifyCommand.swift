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
        usage: "headroom verify FILE [--causal] [--tolerance 1e-4] [--json]",
        discussion: """
            FILE holds q [n, s_q, h], k and v [g, s_k, h] and out [n, s_q, h], or each
            with the same batch in front, in F64, F32, F16 or BF16: n query heads, g K/V
            heads, s_q query and s_k key tokens; heads come before tokens. From PyTorch:

              from safetensors.torch import save_file
              q, k = torch.randn(8, 12, 64), torch.randn(2, 12, 64)
              v = torch.randn(2, 12, 64)
              out = my_attention(q, k, v).contiguous()
              save_file({"q": q, "k": k, "v": v, "out": out}, "mine.safetensors")

            out is computed again in double precision. Query head i reads K/V head
            i / (n/g), scores are scaled by 1/sqrt(h), and with --causal the last query
            sees every key. A number is right within the tolerance and half a unit in the
            last place of out's own format; in 16 bits the weights may be rounded too, as
            PyTorch's own attention does for the product with v. A few hundred tokens show
            every mistake: a check that takes more than a few seconds is refused, and a
            search for mistakes that does is cut short, and says so.

            The status is 0 where out matches, 1 where it does not, 65 where the file is
            not valid, 66 where it cannot be opened.

            EXAMPLES
              headroom verify mine.safetensors
              headroom verify mine.safetensors --causal --tolerance 1e-5
              headroom verify mine.safetensors --json
            """)

    @Argument(help: ArgumentHelp("The file.", valueName: "FILE"))
    var file: String

    @Flag(help: "A causal mask is wanted: a query sees no later token.")
    var causal = false

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The largest error that is accepted (default: 1e-4).", valueName: "NUMBER"))
    var tolerance: String?

    @Flag(help: "Print JSON instead of text.")
    var json = false

    func run() throws {
        let tolerance = try toleranceValue()
        let report = try reading(file) { (bytes) throws(FileProblem) in
            let record = try AttentionRecord(SafeTensors(bytes))
            let line = ProgressLine()
            defer { line.erase() }
            return try reportingProblems { () throws(VerificationProblem) in
                try AttentionVerification(
                    record, causal: causal, tolerance: tolerance, progress: line.show)
            }
        }
        let answer = VerifyAnswer(report)
        print(json ? answer.json.text : answer.lines.joined(separator: "\n"))
        if !report.isMatch { throw CommandStatus.failure.code }
    }

    private func toleranceValue() throws -> Double {
        guard let tolerance else { return 1e-4 }
        guard let value = Double(tolerance), value.isFinite, value >= 0 else {
            throw ValidationError("--tolerance: '\(tolerance)' is not a number of 0 or more")
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
