import AttentionEngine
import CursesTerminal
import Foundation
import LessonScreens
import Synchronization

/// The experiments beside the course: on threads of their own, while the course's thread goes on
/// answering keys.
final class ExperimentRunner {
    private let waker: Waker
    /// Whether the course is only woken when something begins or ends.
    private let isStill: Bool
    /// The training under way, or the last one.
    private var training: (plan: RacePlan, race: RecallRace)?
    private var measurement: Measurement?
    private let queue = DispatchQueue(label: "measurements")

    init(waker: Waker, isStill: Bool = false) {
        self.waker = waker
        self.isStill = isStill
    }

    /// One processor is left for the course.
    private var threads: Int { max(1, Machine.processors - 1) }

    /// How the experiments stand that were begun.
    var reports: [ExperimentReport] {
        [
            training.map { .race($0.plan, $0.race.progress, date: Self.today) },
            measurement?.report,
        ].compactMap(\.self)
    }

    func run(_ experiment: Experiment) {
        switch experiment {
        case .race(.start(let plan)):
            training?.race.stop()
            measurement?.end()
            let race = RecallRace(
                plan.variants, steps: plan.steps, seed: plan.seed, threads: threads)
            race.start()
            training = (plan, race)
            tell { race.progress.phase == .running }
        case .race(.pause):
            training?.race.pause()
            waker.wake()
        case .race(.stop):
            training?.race.stop()
            training = nil
        case .race(.goOn):
            guard let race = training?.race else { return }
            measurement?.end()
            race.start()
            tell { race.progress.phase == .running }
        case .times(let setting):
            guard let format = setting.numberFormat,
                let sweep = try? DecodeSweep(
                    queryHeads: setting.queryHeads, headDimension: setting.headDimension,
                    tokens: setting.tokens, format: format, threads: threads)
            else { return }
            measure(
                sweep, isFinished: \.isFinished, advance: { $0.advance(for: Self.slice) },
                report: { .times(TimesStanding($0, isRunning: $1)) })
        case .forms(let setting):
            guard let widths = setting.latent,
                let comparison = try? LatentComparison(
                    queryHeads: setting.queryHeads, headDimension: setting.headDimension,
                    widths: widths, tokens: setting.tokens)
            else { return }
            measure(
                comparison, isFinished: \.isFinished, advance: { $0.advance(for: Self.slice) },
                report: { .forms(FormsStanding($0, isRunning: $1)) })
        case .stop: measurement?.end()
        }
    }

    func stop() {
        training?.race.stop()
        measurement?.end()
    }

    /// "2026-11-23", by the machine's clock.
    private static var today: String {
        let parts = Calendar(identifier: .gregorian).dateComponents(
            [.year, .month, .day], from: Date())
        return [(parts.year, 4), (parts.month, 2), (parts.day, 2)].map { number, width in
            let digits = String(number ?? 0)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }.joined(separator: "-")
    }

    /// Time between two reports of a measurement.
    private static let slice = Duration.milliseconds(50)

    /// Advances a measurement beside the course, slice after slice, until it is done or ended. One
    /// that was under way ends first, and a race pauses: two at once would measure each other.
    private func measure<Work: Sendable>(
        _ work: Work, isFinished: @escaping @Sendable (Work) -> Bool,
        advance: @escaping @Sendable (inout Work) -> Void,
        report: @escaping @Sendable (Work, _ isRunning: Bool) -> ExperimentReport
    ) {
        training?.race.pause()
        self.measurement?.end()
        let measurement = Measurement(report(work, true))
        self.measurement = measurement
        let (waker, isStill) = (waker, isStill)
        waker.wake()
        queue.async {
            var work = work
            while !measurement.isEnded, !isFinished(work) {
                advance(&work)
                measurement.report = report(work, true)
                if !isStill { waker.wake() }
            }
            measurement.report = report(work, false)
            waker.wake()
        }
    }

    /// Wakes the course ten times a second as long as an experiment runs, and once after.
    private func tell(while isRunning: @escaping @Sendable () -> Bool) {
        let (waker, isStill) = (waker, isStill)
        waker.wake()
        Thread.detachNewThread {
            repeat {
                if !isStill { waker.wake() }
                Thread.sleep(forTimeInterval: 0.1)
            } while isRunning()
            waker.wake()
        }
    }
}

/// A measurement under way, shared by the thread that does it and the course that looks on.
private final class Measurement: Sendable {
    private let state: Mutex<(report: ExperimentReport, isEnded: Bool)>

    init(_ report: ExperimentReport) { state = Mutex((report, false)) }

    var report: ExperimentReport {
        get { state.withLock { $0.report } }
        set { state.withLock { $0.report = newValue } }
    }

    var isEnded: Bool { state.withLock { $0.isEnded } }

    /// Asks for the end; the slice under way is still done.
    func end() { state.withLock { $0.isEnded = true } }
}
