import ArgumentParser
import AttentionEngine

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// `headroom race`: the variants trained on the recall task, outside the course.
struct RaceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "race",
        abstract: "Train MHA, GQA, MQA and MLA on one task and compare what they recall.",
        usage: """
            headroom race [--steps N] [--seed N] [--variants LIST] [--match-parameters]
                         [--threads N] [--json]
            """,
        discussion: """
            One attention layer of eight query heads learns to answer questions of
            eight parts, each part about another item. The same seed gives the same
            results on any number of threads; only the seconds differ.

            EXAMPLES
              headroom race
              headroom race --steps 6000 --seed 3
              headroom race --variants gqa2,mla16,mla32 --threads 1
              headroom race --match-parameters --json
            """)

    @Option(parsing: .unconditional, help: ArgumentHelp("Training steps.", valueName: "N"))
    var steps = 1500

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The random seed of weights and questions.", valueName: "N"))
    var seed: UInt64 = 0

    @Option(
        help: ArgumentHelp(
            "Variants, separated by commas: \(RecallVariant.idsInWords).", valueName: "LIST"),
        completion: .list(RecallVariant.race.map(\.id)))
    var variants = RecallVariant.race.map(\.id).joined(separator: ",")

    @Flag(help: "Widen the embeddings until each variant has as many parameters as MHA.")
    var matchParameters = false

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Threads (default: one per processor).", valueName: "N"))
    var threads: Int?

    @Flag(help: "Print JSON instead of a table and a plot.")
    var json = false

    func run() throws {
        guard 1...1_000_000 ~= steps else {
            throw ValidationError("--steps \(steps): steps must be 1 to 1,000,000")
        }
        if let threads, !(1...256 ~= threads) {
            throw ValidationError("--threads \(threads): threads must be 1 to 256")
        }
        let variants = try parsedVariants()
        try requireMemory(
            RecallRace.memoryNeeded(variants: variants.count), advice: "choose fewer variants")
        // More than there are variants would have nothing to do.
        let threads = min(threads ?? Machine.processors, variants.count)
        let race = RecallRace(variants, steps: steps, seed: seed, threads: threads)
        let duration = try ContinuousClock().measure { try finish(race, threads: threads) }
        let report = RaceReport(
            progress: race.progress, seconds: duration / .seconds(1), threads: threads,
            isMatched: matchParameters)
        print(json ? report.json.text : report.lines.joined(separator: "\n"))
    }

    private func parsedVariants() throws -> [RecallVariant] {
        var parsed: [RecallVariant] = []
        for id in variants.split(separator: ",", omittingEmptySubsequences: false) {
            guard let variant = RecallVariant(id: String(id)) else {
                throw ValidationError(
                    "--variants: no variant '\(id)'; there are \(RecallVariant.idsInWords)")
            }
            guard !parsed.contains(variant) else {
                throw ValidationError("--variants: '\(id)' is given twice")
            }
            parsed.append(variant)
        }
        guard matchParameters else { return parsed }
        return parsed.map { $0.matchingParameters(of: RecallVariant.race[0]) }
    }

    /// Runs the race to its end; where stderr is a terminal, a line there tells how it stands.
    private func finish(_ race: RecallRace, threads: Int) throws {
        let status = StatusLine()
        let given = threads - race.start()
        // This one thread is there in any case, and enough where no number was asked for.
        if given == 0, threads == 1 || self.threads == nil {
            race.trainHere()
        } else if self.threads != nil {
            try requireThreads(threads, given: given)
        }
        while true {
            let progress = race.progress
            if progress.phase == .finished { break }
            status.show(Self.line(progress))
            usleep(status.isShown ? 50_000 : 5_000)
        }
        status.erase()
    }

    /// "54 %  mha 0.43  gqa4 0.31  1 s left".
    private static func line(_ progress: RecallProgress) -> String {
        var parts = ["\(Int(progress.fraction * 100)) %"]
        parts += progress.lanes.map { lane in
            "\(lane.variant.id) " + (lane.curve.last.map { fixed($0.accuracy, decimals: 2) } ?? "-")
        }
        if let left = progress.secondsLeft { parts.append("\(Int(left.rounded(.up))) s left") }
        return parts.joined(separator: "  ")
    }
}
