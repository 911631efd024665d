import Foundation
import Testing

@testable import AttentionEngine

@Suite("Recall: the race")
struct RecallRaceTests {
    /// Waits until a race ends or stands still; false after a minute.
    ///
    /// On this thread: who suspends gets one again only when other tests have had theirs, and until
    /// then the race would go on.
    private func settles(_ race: RecallRace, where condition: (RecallProgress) -> Bool) -> Bool {
        for _ in 0..<12_000 {
            if condition(race.progress) { return true }
            Thread.sleep(forTimeInterval: 0.005)
        }
        return false
    }

    private func finished(
        threads: Int, steps: Int, seed: UInt64, questions: Int = 128
    ) -> RecallProgress {
        let race = RecallRace(
            steps: steps, seed: seed, questions: questions, threads: threads)
        race.start()
        #expect(settles(race) { $0.phase == .finished })
        return race.progress
    }

    @Test("The same seed gives the same bits on one, two and seven threads")
    func threads() throws {
        let runs = [
            finished(threads: 1, steps: 60, seed: 9),
            finished(threads: 2, steps: 60, seed: 9),
            finished(threads: 7, steps: 60, seed: 9),
        ]
        for run in runs {
            for (lane, first) in zip(run.lanes, runs[0].lanes) {
                #expect(
                    lane.trained?.weights.map(\.bitPattern)
                        == first.trained?.weights.map(\.bitPattern))
                #expect(lane.curve == first.curve)
                #expect(lane.curve.map(\.step) == [25, 50, 60])
                #expect(lane.result == first.result)
                #expect(lane.result != nil)
            }
        }
        let other = finished(threads: 2, steps: 60, seed: 10)
        #expect(other.lanes[0].result != runs[0].lanes[0].result)
    }

    @Test(
        "A seed's bits are those recorded, on every machine and in every build",
        arguments: RecallVariant.race)
    func recorded(variant: RecallVariant) {
        let trainer = RecallTrainer(variant, seed: 0)
        trainer.train(steps: 40)
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for weight in trainer.trained.weights {
            hash = (hash ^ UInt64(weight.bitPattern)) &* 0x100_0000_01B3
        }
        let recorded: [String: UInt64] = [
            "mha": 0xD42E_30D3_8DBB_F103, "gqa4": 0x08D7_7288_4D65_B3E9,
            "gqa2": 0xFCD6_8588_E580_CB83, "mqa": 0x0CA0_31CB_1BBB_906A,
            "mla32": 0x9CA6_B72D_D665_B347,
        ]
        #expect(hash == recorded[variant.id], "\(variant.id) \(String(hash, radix: 16))")
    }

    @Test("More keys and values recall more, and a latent more than heads of its size")
    func order() throws {
        // From 400 steps on, a quarter of the way, the order holds on each of the first 24 seeds.
        let accuracy = try finished(threads: 2, steps: 400, seed: 0, questions: 2048).lanes
            .map {
                try #require($0.result).accuracy
            }
        #expect(accuracy[0] > accuracy[1] && accuracy[1] > accuracy[2] && accuracy[2] > accuracy[3])
        #expect(accuracy[4] > accuracy[2])
        #expect(accuracy[3] > RecallTask.chance)
    }

    @Test("A race can be paused, gone on with and stopped; what it gave stays")
    func pauses() throws {
        let race = RecallRace(steps: 100_000, seed: 0, threads: 2)
        #expect(race.progress.phase == .ready)
        #expect(race.progress.secondsLeft == nil)
        race.pause()
        #expect(race.progress.phase == .ready)
        race.start()
        #expect(settles(race) { $0.lanes.allSatisfy { $0.step >= 25 } })
        race.pause()
        #expect(race.progress.phase == .paused)
        // The slices under way end; after that nothing moves.
        Thread.sleep(forTimeInterval: 0.5)
        let paused = race.progress
        Thread.sleep(forTimeInterval: 0.2)
        #expect(race.progress.lanes.map(\.step) == paused.lanes.map(\.step))
        #expect(paused.fraction > 0 && paused.fraction < 0.5)
        #expect(try #require(paused.secondsLeft) > 0)
        race.start()
        #expect(settles(race) { $0.fraction > paused.fraction })
        race.stop()
        #expect(race.progress.phase == .stopped)
        race.start()
        #expect(race.progress.phase == .stopped)
        #expect(race.progress.lanes.allSatisfy { $0.result == nil && !$0.curve.isEmpty })
    }

    @Test("A race that is paused at every turn ends with the bits of one that is not")
    func interrupted() throws {
        let variants = [RecallVariant.race[3], RecallVariant.race[4]]
        let race = RecallRace(variants, steps: 150, seed: 4, questions: 128, threads: 2)
        while race.progress.phase != .finished {
            race.start()
            Thread.sleep(forTimeInterval: 0.002)
            race.pause()
        }
        let straight = RecallTrainer(variants[1], seed: 4)
        straight.train(steps: 150)
        #expect(race.progress.lanes[1].result == straight.trained.measurement(questions: 128))
    }

    @Test("A race that gets no thread pauses, and goes on with the first that it gets")
    func threadless() throws {
        let race = RecallRace(
            [RecallVariant.race[3]], steps: 50, seed: 4, questions: 128, threads: 3)
        race.start { _ in false }
        #expect(race.progress.phase == .paused)
        #expect(race.progress.lanes[0].step == 0)
        var given = 0
        race.start { body in
            given += 1
            return given == 2 && startThread(body)
        }
        #expect(settles(race) { $0.phase == .finished })
        #expect(given == 3)
    }

    @Test("A race does without threads, too, with the same bits")
    func here() {
        let variant = RecallVariant.race[3]
        let race = RecallRace([variant], steps: 50, seed: 4, questions: 128, threads: 3)
        race.trainHere()
        #expect(race.progress.phase == .finished)
        let straight = RecallTrainer(variant, seed: 4)
        straight.train(steps: 50)
        #expect(race.progress.lanes[0].result == straight.trained.measurement(questions: 128))
    }

    @Test("A race of nothing is over before it starts")
    func empty() {
        let race = RecallRace([], steps: 10, seed: 0, threads: 2)
        race.start()
        #expect(race.progress.phase == .finished)
        #expect(race.progress.fraction == 1)
    }
}
