import AttentionEngine
import CourseContent

/// How fast this machine reads memory, and how fast it computes.
struct MachineExperiment: Experiment, SlicedExperiment {
    static let runKey = RunKey(
        label: "measure this machine",
        help: "Measure how fast this machine reads and computes; again to stop"
    )

    var key: ExperimentKey { ExperimentKey(name: "machine") }
    var part: WritableKeyPath<SharedExperiments, MachineStatus?> { \.machine }
    var started: String { "Measuring this machine: choose \"here\" as the machine to see it." }
    var memoryNeeded: ByteCount? { MachineMeasurement.memoryNeeded }

    func begin(threads: Int) -> MachineMeasurement? { MachineMeasurement(threads: threads) }

    func report(of work: MachineMeasurement, isRunning: Bool) -> ExperimentReport {
        let status = MachineStatus(
            bytesPerSecond: work.bytesPerSecond ?? 0,
            operationsPerSecond: work.operationsPerSecond ?? 0, threads: work.threads,
            share: work.progress, isRunning: isRunning)
        return .measured(MeasuredStatus(self, status))
    }

    func share(of status: MachineStatus) -> Double { status.share }

    func news(of measurement: KeptMeasurement) -> String? {
        let speeds = measurement.rows.map { "\($0.name) \($0.result)" }
        return "This machine \(speeds.joined(separator: ", ")): choose \"here\" to see it."
    }

    func kept(_ status: MachineStatus) -> (key: ExperimentKey, KeptMeasurement)? {
        guard !status.isRunning, let speeds = status.speeds else { return nil }
        let kept = KeptMeasurement(
            what: "This machine, \(counted(status.threads, "thread")), 32-bit numbers",
            rows: [
                .init(name: "reads", result: speeds.reading),
                .init(name: "computes", result: speeds.computing),
            ], found: SharedExperiments(machine: status))
        return (key, kept)
    }
}

/// How the measuring of a machine stands.
package struct MachineStatus: ExperimentStatus {
    /// 0 as long as it is not known, as the next.
    let bytesPerSecond: Double
    let operationsPerSecond: Double
    /// Threads that both are measured with.
    package let threads: Int
    /// The share of the work that is done.
    package let share: Double
    /// Whether the measuring goes on; false where it was ended early, too.
    package let isRunning: Bool

    var isPossible: Bool {
        1...65_536 ~= threads && 0...1 ~= share
            && [bytesPerSecond, operationsPerSecond].allSatisfy { $0 == 0 || 1e3...1e18 ~= $0 }
    }
}

extension MachineMeasurement: SlicedWork {}
