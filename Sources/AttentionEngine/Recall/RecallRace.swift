import Synchronization

/// Several variants trained side by side on threads of their own, in short slices, while others
/// look on through `progress`.
///
/// Each variant is trained by one thread at a time, the one furthest behind first, so a seed gives
/// the same bits on any number of threads. Every slice ends with a point of the variant's curve. A
/// race under way keeps itself alive; `stop()` ends it. Cost: some 0.3 ms a step and variant, and
/// 2 MB a variant.
package final class RecallRace: Sendable {
    /// Training steps between two points of a curve, and between two looks at the phase.
    static let slice = 25

    private let threads: Int
    private let questions: Int
    private let state: Mutex<State>

    private struct State {
        var progress: RecallProgress
        /// The trainer of each lane; nothing while a thread has it, or once it is done.
        var trainers: [Turn?]
        var workers = 0
    }

    /// A trainer with its lane. It is in the state or with one thread, never both, so that it may
    /// cross from one to the other.
    private struct Turn: @unchecked Sendable {
        let lane: Int
        let trainer: RecallTrainer
    }

    /// A race that has not started, of `steps` steps (at least one), with the seed's weights and
    /// training questions, measured at the end on this many unseen ones, on up to `threads`
    /// threads; more than there are variants do nothing.
    package init(
        _ variants: [RecallVariant] = RecallVariant.race, steps: Int = 1500, seed: UInt64 = 0,
        questions: Int = 2048, threads: Int = 2
    ) {
        self.threads = max(threads, 1)
        self.questions = questions
        state = Mutex(
            State(
                progress: RecallProgress(
                    variants: variants, steps: max(steps, 1), seed: seed, threads: self.threads),
                trainers: variants.enumerated().map {
                    Turn(lane: $0, trainer: RecallTrainer($1, seed: seed))
                }))
    }

    /// What a race of so many variants takes at the most, the measuring at its end included.
    package static func memoryNeeded(variants: Int) -> ByteCount { ByteCount(variants << 24) }

    /// How the race stands.
    package var progress: RecallProgress { state.withLock { $0.progress } }

    /// Starts the race, or goes on after a pause; otherwise nothing. Where the system gives no
    /// thread at all, the race pauses at once. Returns how many threads it did not give.
    @discardableResult
    package func start() -> Int { start(onThread: startThread) }

    /// Does what is left of the race on this thread alone; returns when it is over or paused.
    package func trainHere() {
        start { body in
            body()
            return true
        }
    }

    /// Starts the race on threads of one's own; `onThread` says whether there was one. Returns how
    /// often there was none.
    @discardableResult
    func start(onThread: (@escaping @Sendable () -> Void) -> Bool) -> Int {
        let missing = state.withLock { state in
            guard [.ready, .paused].contains(state.progress.phase) else { return 0 }
            state.progress.phase = .running
            let missing = threads - state.workers
            state.workers = threads
            return missing
        }
        let failed = (0..<missing).count { _ in !onThread { self.work() } }
        guard failed > 0 else { return 0 }
        state.withLock { state in
            state.workers -= failed
            if state.workers == 0, state.progress.phase == .running {
                state.progress.phase = .paused
            }
        }
        return failed
    }

    /// Has the threads end after their slice, some milliseconds; `start()` goes on.
    package func pause() { end(as: .paused, from: [.running]) }

    /// Ends the race after the slices under way; what was measured stays.
    package func stop() { end(as: .stopped, from: [.ready, .running, .paused]) }

    private func end(as phase: RecallProgress.Phase, from phases: [RecallProgress.Phase]) {
        state.withLock { state in
            if phases.contains(state.progress.phase) { state.progress.phase = phase }
        }
    }

    /// One thread's work: slices, until there is none to take.
    private func work() {
        let all = progress.steps
        while let turn = take() {
            let trainer = turn.trainer
            let steps = min(Self.slice, all - trainer.step)
            let duration = ContinuousClock().measure { trainer.train(steps: steps) }
            let trained = trainer.trained
            let point = trained.curvePoint()
            let result = trainer.step == all ? trained.measurement(questions: questions) : nil
            state.withLock { state in
                state.progress.lanes[turn.lane].advance(
                    to: point, of: trained, in: duration, result: result)
                if result == nil { state.trainers[turn.lane] = turn }
                if state.progress.lanes.allSatisfy({ $0.result != nil }) {
                    state.progress.phase = .finished
                }
            }
        }
    }

    /// Takes the idle trainer that is furthest behind. Nothing where the race rests, or where every
    /// trainer left is with a thread, which will go on with it: then this thread is not needed.
    private func take() -> Turn? {
        state.withLock { state in
            let idle = state.trainers.compactMap { $0 }
            guard state.progress.phase == .running,
                let turn = idle.min(by: { $0.trainer.step < $1.trainer.step })
            else {
                state.workers -= 1
                return nil
            }
            state.trainers[turn.lane] = nil
            return turn
        }
    }
}
