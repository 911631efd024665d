import AttentionEngine
import CourseContent
import CourseSession
import CursesTerminal
import Foundation
import Synchronization

/// The experiments beside the course: on threads of their own, while the course's thread goes on
/// answering keys.
final class ExperimentRunner {
    private let waker: Waker
    /// Whether the course is only woken when something begins or ends.
    private let isStill: Bool
    /// The training under way, or the last one.
    private var training: Training?
    private var measurement: Measurement?
    /// Measurements in whose place another came, until their ends have been told.
    private var replaced: [Measurement] = []
    private let turn = Turn()

    init(waker: Waker, isStill: Bool = false) {
        self.waker = waker
        self.isStill = isStill
    }

    /// One processor is left for the course.
    private var threads: Int { max(1, Machine.processors - 1) }

    /// How the experiments stand that run, and, told once, how those ended that are over.
    func news() -> [ExperimentReport] {
        // Of what was replaced the end alone: how it stood before that asks for nothing any more.
        let ends = replaced.filter(\.isOver).map { $0.news() }
        replaced.removeAll(where: \.isTold)
        return (ends + [training?.news(), measurement?.news()]).compactMap(\.self)
    }

    /// Starts or ends what an order says; why nothing comes of it, where the system has no thread.
    @discardableResult
    func run(_ order: ExperimentOrder) -> String? {
        switch order {
        case .race(.start(let plan)):
            training?.race.stop()
            measurement?.end()
            let race = RecallRace(
                plan.variants, steps: plan.steps, seed: plan.seed, threads: threads)
            let training = Training(plan, race)
            self.training = training
            return start(training)
        case .race(.pause):
            training?.race.pause()
            waker.wake()
        case .race(.stop):
            training?.race.stop()
            training = nil
        case .race(.goOn):
            guard let training else { return nil }
            measurement?.end()
            return start(training)
        case .measure(let experiment): return measure(experiment)
        case .stop: measurement?.end()
        }
        return nil
    }

    private static let threadless = "No thread could be started to run this."

    func stop() {
        training?.race.stop()
        measurement?.end()
    }

    /// Time between two reports of a measurement.
    private static let slice = Duration.milliseconds(50)

    /// Computes an experiment beside the course, slice after slice, until it is done or ended. One
    /// that was under way ends first, and a race pauses: two at once would measure each other.
    private func measure<Kind: SlicedExperiment>(_ experiment: Kind) -> String? {
        training?.race.pause()
        if let measurement {
            measurement.drop()
            replaced.append(measurement)
        }
        let measurement = Measurement()
        self.measurement = measurement
        let (waker, isStill, threads, turn) = (waker, isStill, threads, turn)
        let isStarted = startThread {
            turn.take {
                guard !measurement.isDropped, var work = experiment.begin(threads: threads) else {
                    return measurement.tellNothing()
                }
                measurement.tell(experiment.report(of: work, isRunning: true))
                waker.wake()
                while !measurement.isEnded, !work.isFinished {
                    work.advance(for: Self.slice, goesOn: { !measurement.isEnded })
                    measurement.tell(experiment.report(of: work, isRunning: true))
                    if !isStill { waker.wake() }
                }
                measurement.tell(experiment.report(of: work, isRunning: false), isLast: true)
                waker.wake()
            }
        }
        if isStarted { return nil }
        self.measurement = nil
        return Self.threadless
    }

    /// Starts a training or goes on with it, and wakes the course ten times a second as long as it
    /// runs, and once after.
    private func start(_ training: Training) -> String? {
        training.race.start()
        let (waker, isStill) = (waker, isStill)
        defer { waker.wake() }
        guard training.race.progress.phase != .paused else { return Self.threadless }
        guard training.takeTurnToWake() else { return nil }
        let isWoken = startThread {
            repeat {
                if !isStill { waker.wake() }
                usleep(100_000)
            } while training.keepsTurnToWake()
            waker.wake()
        }
        if isWoken { return nil }
        training.race.pause()
        _ = training.keepsTurnToWake()
        return Self.threadless
    }
}

/// Measurements take turns: two at once would measure each other.
private final class Turn: Sendable {
    private let lock = Mutex(())

    func take(_ body: () -> Void) { lock.withLock { _ in body() } }
}

/// A training with what was told of it, shared by the course and the thread that wakes it.
private final class Training: Sendable {
    let race: RecallRace
    private let plan: RacePlan
    /// Whether a thread wakes the course.
    private let isWoken = Mutex(false)
    private let isOver = Mutex(false)

    init(_ plan: RacePlan, _ race: RecallRace) {
        self.plan = plan
        self.race = race
    }

    /// How it stands, unless its end has been told.
    func news() -> ExperimentReport? {
        isOver.withLock { isOver in
            guard !isOver else { return nil }
            let progress = race.progress
            isOver = progress.phase == .finished
            return .race(plan, progress, date: MachineClock.today)
        }
    }

    /// Whether no thread wakes the course yet: then the caller's does from now on.
    func takeTurnToWake() -> Bool {
        isWoken.withLock { isWoken in
            defer { isWoken = true }
            return !isWoken
        }
    }

    /// Whether the thread that wakes the course goes on. Decided under the lock, so that a training
    /// that goes on at this moment has this thread or another, and never two.
    func keepsTurnToWake() -> Bool {
        isWoken.withLock { isWoken in
            isWoken = race.progress.phase == .running
            return isWoken
        }
    }
}

/// A measurement under way, shared by the thread that does it and the course that looks on.
private final class Measurement: Sendable {
    private let state = Mutex(State())

    private struct State {
        var report: ExperimentReport?
        /// Whether the report is the last one.
        var isLast = false
        var isEnded = false
        var isDropped = false
    }

    /// How it stands; nothing before it has begun and after its end has been told.
    func news() -> ExperimentReport? {
        state.withLock { state in
            defer { if state.isLast { state.report = nil } }
            return state.report
        }
    }

    /// Whether its last report is there, or was told.
    var isOver: Bool { state.withLock { $0.isLast } }

    /// Whether nothing more will be told of it.
    var isTold: Bool { state.withLock { $0.isLast && $0.report == nil } }

    /// Ends it without a report: it has never begun.
    func tellNothing() { state.withLock { $0.isLast = true } }

    func tell(_ report: ExperimentReport, isLast: Bool = false) {
        state.withLock { state in
            state.report = report
            state.isLast = isLast
        }
    }

    var isEnded: Bool { state.withLock { $0.isEnded } }

    /// Asks for the end; the slice under way is still done.
    func end() { state.withLock { $0.isEnded = true } }

    /// Whether nobody asks for it any more: then it need not even begin.
    var isDropped: Bool { state.withLock { $0.isDropped } }

    func drop() {
        state.withLock { state in
            state.isEnded = true
            state.isDropped = true
        }
    }
}
