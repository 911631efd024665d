import ArgumentParser
import AttentionEngine

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The formats that steps are timed in: those that attention reads as they lie.
private let timedFormats = NumberFormat.allCases.filter { $0.numbersPerBlock == 1 }

/// `headroom bench`: the time of a decode step on this machine, for each way to share.
struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Time one decode step on this machine, for every legal number of K/V heads.",
        usage: """
            headroom bench [--heads N] [--head-dim N] [--tokens N] [--dtype bf16|f32]
                           [--threads N] [--json]
            """,
        discussion: """
            A step is one new token of one sequence in one layer. shared reads each key
            and value once for all query heads of its group. repeated writes keys and
            values out again for each query head first, as much code does
            (repeat_interleave).

            EXAMPLES
              headroom bench
              headroom bench --heads 64 --tokens 8192 --dtype f32
              headroom bench --threads 1 --json
            """)

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Query heads (default: 32).", valueName: "N"))
    var heads: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Numbers per head (default: 128).", valueName: "N"))
    var headDim: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Tokens in the cache (default: 16,384).", valueName: "N"))
    var tokens: String?

    @Option(
        help: ArgumentHelp("How numbers are cached: bf16 or f32.", valueName: "FORMAT"),
        completion: .list(timedFormats.map(\.rawValue)))
    var dtype = NumberFormat.bfloat16.rawValue

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Threads (default: one per processor).", valueName: "N"))
    var threads: String?

    @Flag(help: "Print JSON instead of a table.")
    var json = false

    func run() throws {
        var sweep = try sweep()
        let answer = BenchAnswer(try measured(&sweep))
        if json {
            print(answer.json.text)
        } else {
            print((answer.lines + (isatty(1) == 1 ? answer.plot : [])).joined(separator: "\n"))
        }
    }

    /// The measurements that the options ask for. Throws what is wrong with them, and where this
    /// machine has not the memory.
    private func sweep() throws -> DecodeSweep {
        guard let format = timedFormats.first(where: { $0.rawValue == dtype }) else {
            let known = timedFormats.map(\.rawValue).reversed().joined(separator: " or ")
            throw ValidationError("--dtype: '\(dtype)' is not one of \(known)")
        }
        let heads = try value(.queryHeads, "heads", heads) ?? 32
        let width = try value(.headDimension, "head-dim", headDim) ?? 128
        let tokens = try value(.tokens, "tokens", tokens) ?? 16_384
        let threads = try threadCount()
        let sweep: DecodeSweep
        do {
            sweep = try DecodeSweep(
                queryHeads: heads, headDimension: width, tokens: tokens, format: format,
                threads: threads)
        } catch { throw ValidationError(error.description) }
        let memory = Machine.memory
        // A fifth is left to the rest of the machine.
        if sweep.memoryNeeded.bytes > memory.bytes / 5 * 4 {
            throw ValidationError(
                "this takes \(sweep.memoryNeeded.decimal) of memory, and this machine has "
                    + "\(memory.decimal): choose fewer heads or tokens")
        }
        try requireThreads(threads)
        try requireMemory(sweep.memoryNeeded, advice: "choose fewer heads or tokens")
        return sweep
    }

    private func value(_ parameter: Parameter, _ option: String, _ text: String?) throws -> Int? {
        guard let text else { return nil }
        do {
            return try CacheSetting.value(of: parameter, text: text)
        } catch { throw ValidationError("--\(option): \(error.description)") }
    }

    private func threadCount() throws -> Int {
        guard let threads else { return threadsReady(for: Machine.processors) }
        guard let count = Int(threads), (1...Self.mostThreads).contains(count) else {
            throw ValidationError(
                "--threads: '\(threads)' is not a whole number from 1 to \(Self.mostThreads)")
        }
        return count
    }

    /// More than any machine has processors for one program.
    private static let mostThreads = 1024

    /// The sweep done, with a line of progress on stderr where somebody watches.
    private func measured(_ sweep: inout DecodeSweep) throws -> DecodeSweep {
        let isWatched = isatty(2) == 1
        while !sweep.isFinished {
            if isWatched { writeError("\r" + Self.progress(of: sweep)) }
            sweep.advance(for: .milliseconds(100))
        }
        if isWatched { writeError("\r" + String(repeating: " ", count: 60) + "\r") }
        return sweep
    }

    /// "[#####...............]  24 %  g 16, repeated", 60 columns wide.
    static func progress(of sweep: DecodeSweep) -> String {
        let full = Int(sweep.progress * 20)
        let bar = String(repeating: "#", count: full) + String(repeating: ".", count: 20 - full)
        let percent = String(Int(sweep.progress * 100))
        let what =
            sweep.current.map { "g \($0.step.shape.keyValueHeads), \($0.way.rawValue)" }
            ?? "read bandwidth"
        let line =
            "[\(bar)] \(String(repeating: " ", count: 3 - percent.count))\(percent) %  \(what)"
        return line + String(repeating: " ", count: max(0, 60 - line.count))
    }
}
