import AttentionEngine
import CursesTerminal
import Foundation
import LessonScreens

/// The experiments beside the course: on threads of their own, while the course's thread goes on
/// answering keys.
final class ExperimentRunner {
    private let waker: Waker
    /// The training under way, or the last one.
    private var training: (plan: RacePlan, race: RecallRace)?

    init(waker: Waker) { self.waker = waker }

    /// One processor is left for the course.
    private var threads: Int { max(1, Machine.processors - 1) }

    /// How the experiments stand that were begun.
    var reports: [ExperimentReport] {
        training.map { [.race($0.plan, $0.race.progress, date: Self.today)] } ?? []
    }

    func run(_ experiment: Experiment) {
        switch experiment {
        case .race(.start(let plan)):
            training?.race.stop()
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
            race.start()
            tell { race.progress.phase == .running }
        }
    }

    func stop() { training?.race.stop() }

    /// "2026-11-23", by the machine's clock.
    private static var today: String {
        let parts = Calendar(identifier: .gregorian).dateComponents(
            [.year, .month, .day], from: Date())
        return [(parts.year, 4), (parts.month, 2), (parts.day, 2)].map { number, width in
            let digits = String(number ?? 0)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }.joined(separator: "-")
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
