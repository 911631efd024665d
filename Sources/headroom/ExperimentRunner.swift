import AttentionEngine
import CursesTerminal
import Foundation
import LessonScreens
import Synchronization

/// The experiments beside the course: on threads of their own, while the course's thread goes on
/// answering keys.
final class ExperimentRunner {
    private let waker: Waker
    private var race: RecallRace?
    private var measurement: Measurement?
    private let queue = DispatchQueue(label: "measurements")

    init(waker: Waker) { self.waker = waker }

    /// One processor is left for the course.
    private var threads: Int { max(1, Machine.processors - 1) }

    /// How the experiments stand that were begun.
    var reports: [ExperimentReport] {
        [race.map { .race($0.progress) }, measurement?.report].compactMap(\.self)
    }

    func run(_ experiment: Experiment) {
        switch experiment {
        case .race(.start(let seed, let steps)):
            race?.stop()
            let race = RecallRace(RecallVariant.race, steps: steps, seed: seed, threads: threads)
            race.start()
            self.race = race
            tell { race.progress.phase == .running }
        case .race(.pause):
            race?.pause()
            waker.wake()
        case .race(.goOn):
            guard let race else { return }
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
        race?.stop()
        measurement?.end()
    }

    /// Time between two reports of a measurement.
    private static let slice = Duration.milliseconds(50)

    /// Advances a measurement beside the course, slice after slice, until it is done or ended. One
    /// that was under way ends first: two at once would measure each other.
    private func measure<Work: Sendable>(
        _ work: Work, isFinished: @escaping @Sendable (Work) -> Bool,
        advance: @escaping @Sendable (inout Work) -> Void,
        report: @escaping @Sendable (Work, _ isRunning: Bool) -> ExperimentReport
    ) {
        measurement?.end()
        let measurement = Measurement(report(work, true))
        self.measurement = measurement
        let waker = waker
        waker.wake()
        queue.async {
            var work = work
            while !measurement.isEnded, !isFinished(work) {
                advance(&work)
                measurement.report = report(work, true)
                waker.wake()
            }
            measurement.report = report(work, false)
            waker.wake()
        }
    }

    /// Wakes the course ten times a second as long as an experiment runs, and once after.
    private func tell(while isRunning: @escaping @Sendable () -> Bool) {
        let waker = waker
        Thread.detachNewThread {
            repeat {
                waker.wake()
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
