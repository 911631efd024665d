import AttentionEngine
import CourseContent
import Foundation
import Synchronization
import Testing

@testable import CourseScreens
@testable import CourseSession
@testable import headroom

@Suite("Experiments beside the course", .serialized, .onOwnThreads)
struct ExperimentRunnerTests {
    private let wakes = Wakes()
    private let runner: ExperimentRunner

    init() {
        let wakes = wakes
        runner = ExperimentRunner(waker: .init { wakes.count() })
    }

    private func times(_ setting: String) throws -> ExperimentOrder {
        .measure(TimesExperiment(try CacheSetting(text: setting)))
    }

    /// The first report of a kind.
    private func report(where isWanted: (ExperimentReport) -> Bool) throws -> ExperimentReport {
        var report: ExperimentReport?
        _ = Deadline(seconds: 60).met {
            report = runner.news().first(where: isWanted)
            return report != nil
        }
        return try #require(report)
    }

    @Test("the end of a measurement is told once")
    func measurement() throws {
        runner.run(try times("l=1,b=1,n=2,g=1,h=8,s=16,bytes=2"))
        _ = try report {
            if case .measured(let measured) = $0 { !measured.status.isRunning } else { false }
        }
        #expect(runner.news().isEmpty)
        // The next one is news again.
        runner.run(try times("l=1,b=1,n=2,g=1,h=8,s=16,bytes=2"))
        _ = try report {
            if case .measured(let measured) = $0 { !measured.status.isRunning } else { false }
        }
        #expect(runner.news().isEmpty)
    }

    @Test("the end of a training is told once")
    func training() throws {
        runner.run(.race(.start(RacePlan(.layer(RecallVariant.race[3]), steps: 25))))
        _ = try report {
            if case .race(_, let progress, _) = $0 { progress.phase == .finished } else { false }
        }
        #expect(runner.news().isEmpty)
    }

    @Test("a training that is paused and gone on with in haste wakes the course no more often")
    func haste() {
        runner.run(.race(.start(RacePlan(.layer(RecallVariant.race[3]), steps: 1_000_000))))
        defer { runner.stop() }
        for _ in 0..<20 {
            runner.run(.race(.pause))
            runner.run(.race(.goOn))
        }
        let before = wakes.number
        let time = ContinuousClock().measure { Thread.sleep(forTimeInterval: 1) }
        // Ten a second, and one that was begun; each thread too many would add as much.
        #expect(Double(wakes.number - before) <= 10 * (time / .seconds(1)) + 2)
    }

    @Test("a measurement in whose place another came is told to have ended")
    func replaced() throws {
        runner.run(try times("l=1,b=1,n=32,g=8,h=128,s=16384,bytes=2"))
        _ = try report {
            if case .measured(let measured) = $0 { measured.status.isRunning } else { false }
        }
        let setting = try CacheSetting(text: "l=1,b=1,n=8,g=8,h=16,s=64,bytes=2,c=64,r=16")
        runner.run(.measure(try #require(FormsExperiment(setting))))
        var ended: Set<String> = []
        #expect(
            Deadline(seconds: 30).met {
                for report in runner.news() {
                    guard case .measured(let measured) = report else { continue }
                    if !measured.status.isRunning { ended.insert(measured.experiment.key.name) }
                }
                return ended == ["times", "forms"]
            })
    }
}

private final class Wakes: Sendable {
    private let counted = Mutex(0)

    var number: Int { counted.withLock { $0 } }

    func count() { counted.withLock { $0 += 1 } }
}
