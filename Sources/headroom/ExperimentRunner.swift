import AttentionEngine
import CursesTerminal
import Foundation
import LessonScreens

/// The experiments beside the course: on threads of their own, while the course's thread goes on
/// answering keys.
final class ExperimentRunner {
    private let waker: Waker
    private var race: RecallRace?

    init(waker: Waker) { self.waker = waker }

    /// One processor is left for the course.
    private var threads: Int { max(1, Machine.processors - 1) }

    /// How the experiments stand that were begun.
    var reports: [ExperimentReport] {
        race.map { [.race($0.progress)] } ?? []
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
        }
    }

    func stop() { race?.stop() }

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
