import AttentionEngine
import CourseContent

/// One layer's decode step timed for every legal g.
struct TimesExperiment: Experiment, SlicedExperiment {
    /// Whose step it is, whatever its g.
    let setting: CacheSetting

    init(_ setting: CacheSetting) { self.setting = setting }

    static let runKey = RunKey(
        label: "time it here",
        help: "Time this step on this machine, for every g; again to stop"
    )

    var key: ExperimentKey {
        ExperimentKey(
            name: "times",
            parameters: "n=\(setting.queryHeads),h=\(setting.headDimension),"
                + "s=\(setting.tokens),bytes=\(setting.numberWidth.bytesText)")
    }

    var part: WritableKeyPath<SharedExperiments, TimesStatus?> { \.times }
    var started: String { "Timing one layer's step for every g." }

    /// How the engine writes the numbers; nil where it cannot.
    var format: NumberFormat? {
        NumberFormat.allCases.first { $0.numberWidth == setting.numberWidth }
    }

    /// Every legal g, MHA's first and MQA's last.
    var keyValueHeads: [Int] { divisors(of: setting.queryHeads).reversed() }

    var obstacle: String? {
        guard format != nil else {
            return "Only 4- and 2-byte numbers can be timed: the engine has no others."
        }
        return Experiments.refusal(
            ofBytes: memoryNeeded, advice: "choose fewer tokens or heads")
    }

    var memoryNeeded: ByteCount? { begin(threads: 1)?.memoryNeeded }

    func begin(threads: Int) -> DecodeSweep? {
        guard let format else { return nil }
        return try? DecodeSweep(
            queryHeads: setting.queryHeads, headDimension: setting.headDimension,
            tokens: setting.tokens, format: format, threads: threads)
    }

    func report(of sweep: DecodeSweep, isRunning: Bool) -> ExperimentReport {
        let rows = sweep.rows.map {
            TimesStatus.Row(
                g: $0.step.shape.keyValueHeads, shared: $0.shared.seconds,
                repeated: $0.repeated.seconds, spread: $0.spread)
        }
        let status = TimesStatus(
            rows: rows, threads: sweep.threads, share: sweep.progress, isRunning: isRunning)
        return .measured(MeasuredStatus(self, status))
    }

    /// MHA first, none left out.
    func accepts(_ status: TimesStatus) -> Bool {
        format != nil && keyValueHeads.starts(with: status.rows.map(\.g))
    }

    func share(of status: TimesStatus) -> Double { status.share }

    func kept(_ status: TimesStatus) -> (key: ExperimentKey, KeptMeasurement)? {
        guard !status.isRunning, status.isWhole else { return nil }
        let kept = KeptMeasurement(
            what: "One layer's decode step: \(counted(setting.queryHeads, "query head")) of width "
                + "\(grouped(setting.headDimension)), \(grouped(setting.tokens)) tokens, "
                + "\(setting.numberWidth.bytesText) bytes a number, "
                + counted(status.threads, "thread"),
            rows: status.rows.map {
                .init(name: "g = \($0.g)", result: $0.time(.shared).inMilliseconds)
            }, found: SharedExperiments(times: status))
        return (key, kept)
    }
}

/// How the timing of decode steps stands.
package struct TimesStatus: ExperimentStatus {
    struct Row: Hashable, Sendable, Codable {
        let g: Int
        /// Seconds that the step takes, each key and value read once for its group of query heads.
        let shared: Double
        /// Seconds, keys and values written out again for each query head first.
        let repeated: Double
        /// How far the times lie apart, as `DecodeTimes.spread` has it; nil where an older program
        /// timed it.
        var spread: Double?

        func time(_ way: DecodeWay) -> Duration { .seconds(way == .shared ? shared : repeated) }
    }

    /// Of the steps that are timed, MHA first.
    let rows: [Row]
    /// Threads that the steps are timed with.
    package let threads: Int
    /// The share of the work that is done.
    package let share: Double
    /// Whether the timing goes on; false where it was ended early, too.
    package let isRunning: Bool

    /// "half the repeats within ±4 %" of their median, for the step that varied most; nil where
    /// that is not known.
    package var spreadText: String? {
        rows.compactMap(\.spread).max().map {
            "half the repeats within ±\(fixed($0 * 100, decimals: 0)) %"
        }
    }

    /// Whether every step was timed: MQA is the last.
    package var isWhole: Bool { rows.last?.g == 1 }

    var isPossible: Bool {
        1...65_536 ~= threads && 0...1 ~= share
            && rows.allSatisfy {
                1e-9...1e6 ~= $0.shared && 1e-9...1e6 ~= $0.repeated
                    && 0...1e6 ~= $0.spread ?? 0
            }
    }
}
