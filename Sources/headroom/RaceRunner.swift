import AttentionEngine
import CursesTerminal
import Foundation
import LessonScreens

/// The recall race beside the course: on threads of its own, while the course's thread goes on
/// answering keys.
final class RaceRunner {
    private let waker: Waker
    private var race: RecallRace?

    init(waker: Waker) { self.waker = waker }

    /// How the race stands; nil before the first.
    var progress: RecallProgress? { race?.progress }

    func perform(_ order: RaceOrder) {
        switch order {
        case .start(let seed, let steps):
            race?.stop()
            // One processor is left for the course.
            let threads = max(1, ProcessInfo.processInfo.activeProcessorCount - 1)
            race = RecallRace(RecallVariant.race, steps: steps, seed: seed, threads: threads)
            race?.start()
        case .pause: race?.pause()
        case .goOn: race?.start()
        }
        if let race { report(race) }
    }

    func stop() { race?.stop() }

    /// Wakes the course ten times a second as long as the race runs, and once after.
    private func report(_ race: RecallRace) {
        let waker = waker
        Thread.detachNewThread {
            repeat {
                waker.wake()
                Thread.sleep(forTimeInterval: 0.1)
            } while race.progress.phase == .running
            waker.wake()
        }
    }
}
