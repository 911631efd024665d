import ArgumentParser
import AttentionEngine

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

struct RaceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "race")
    @Option var steps = 1500
    @Option var seed: UInt64 = 0
    @Option var threads = 2
    func run() throws {
        let race = RecallRace(steps: steps, seed: seed, threads: threads)
        let clock = ContinuousClock()
        let t = clock.measure {
        race.start()
        while race.progress.phase != .finished { usleep(10_000) }
        }
        for lane in race.progress.lanes {
            let r = lane.result!
            print(lane.variant.name, lane.variant.parameters, r.accuracy, r.loss, r.headDivergenceBits, r.perspectives, lane.seconds)
        }
        print(t)
    }
}
