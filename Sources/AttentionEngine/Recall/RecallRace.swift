import Synchronization

/// Several variants trained side by side on threads of their own, in short slices, while others look
/// on through snapshots.
///
/// Each variant is trained by one thread at a time, the one furthest behind first, so a seed gives
/// the same bits on any number of threads. A race that runs keeps itself alive; `stop()` ends it.
public final class RecallRace: Sendable {
    /// Training steps between two points of a curve, and between two looks at `pause()`.
    public static let slice = 25

    private let threads: Int
    private let state: Mutex<State>

    private struct State {
        var progress: RecallProgress
        /// The trainer of each lane; nothing while a thread works with it or once it is done.
        var trainers: [Idle?]
        var workers = 0
    }

    /// A trainer that no thread works with: whoever takes it out of the state has it alone.
    private struct Idle: @unchecked Sendable {
        let trainer: RecallTrainer
    }

    /// A race that has not started, of `steps` steps (at least one) with the seed's weights and
    /// questions, on up to `threads` threads; more than there are variants do nothing.
    public init(
        _ variants: [RecallVariant] = RecallVariant.race, steps: Int = 1500, seed: UInt64 = 0,
        threads: Int = 2
    ) {
        self.threads = threads
        let progress = RecallProgress(variants: variants, steps: max(steps, 1), seed: seed)
        state = Mutex(
            State(
                progress: progress,
                trainers: variants.map { Idle(trainer: RecallTrainer($0, seed: seed)) }))
    }

    /// How the race stands.
    public var progress: RecallProgress { state.withLock { $0.progress } }

    /// Starts the race, or goes on after a pause; otherwise nothing.
    public func start() {
        let missing = state.withLock { state in
            guard [.ready, .paused].contains(state.progress.phase) else { return 0 }
            state.progress.phase = .running
            let missing = max(0, threads - state.workers)
            state.workers += missing
            return missing
        }
        for _ in 0..<missing { startThread { self.work() } }
    }

    /// Has the threads end after their slice, some milliseconds; `start()` goes on.
    public func pause() { end(as: .paused, from: [.running]) }

    /// Ends the race after the slices under way; what was measured stays.
    public func stop() { end(as: .stopped, from: [.ready, .running, .paused]) }

    private func end(as phase: RecallProgress.Phase, from phases: [RecallProgress.Phase]) {
        state.withLock { state in
            if phases.contains(state.progress.phase) { state.progress.phase = phase }
        }
    }

    /// One thread's work: slices, until none is left to take.
    private func work() {
        while let (lane, idle) = take() {
            let trainer = idle.trainer
            let steps = min(Self.slice - trainer.step % Self.slice, lane.steps - trainer.step)
            let seconds = ContinuousClock().measure { trainer.train(steps: steps) }.inSeconds
            let trained = trainer.trained
            let point = trained.curvePoint()
            let measurement = trainer.step == lane.steps ? trained.measurement() : nil
            state.withLock { state in
                state.progress.lanes[lane.index].advance(
                    to: point, seconds: seconds, measurement: measurement, trained: trained)
                if measurement == nil { state.trainers[lane.index] = idle }
                if state.progress.lanes.allSatisfy({ $0.result != nil }) {
                    state.progress.phase = .finished
                }
            }
        }
    }

    /// Takes the idle trainer that is furthest behind; nothing where the race rests, or where every
    /// variant left is with a thread that will go on with it.
    private func take() -> ((index: Int, steps: Int), Idle)? {
        state.withLock { state in
            let idle = state.trainers.indices.filter { state.trainers[$0] != nil }
            let lanes = state.progress.lanes
            guard state.progress.phase == .running,
                let index = idle.min(by: { lanes[$0].step < lanes[$1].step }),
                let trainer = state.trainers[index]
            else {
                state.workers -= 1
                return nil
            }
            state.trainers[index] = nil
            return ((index, state.progress.steps), trainer)
        }
    }
}

extension Duration {
    fileprivate var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}
