import Foundation
import Synchronization
import Testing

/// Lets a suite's tests run on a few threads of their own.
///
/// Most of their time they wait for another process. On the threads that all tests share, of which
/// there are as many as processors, waiting would keep others from running; here it does not, and
/// no more programs are under test at once than there are threads.
struct OwnThreadsTrait: SuiteTrait, TestTrait, TestScoping {
    private static let threads = WaitingThreads(count: 4)

    var isRecursive: Bool { true }

    func provideScope(
        for test: Test, testCase: Test.Case?,
        performing function: @Sendable () async throws -> Void
    ) async throws {
        try await withTaskExecutorPreference(Self.threads) { try await function() }
    }
}

extension Trait where Self == OwnThreadsTrait {
    static var onOwnThreads: Self { OwnThreadsTrait() }
}

/// Threads that run what comes, in the order in which it comes.
private final class WaitingThreads: TaskExecutor {
    private let jobs = Mutex<[UnownedJob]>([])
    private let count = DispatchSemaphore(value: 0)

    init(count: Int) {
        for _ in 0..<count { Thread { self.run() }.start() }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
        count.signal()
    }

    private func run() {
        while true {
            count.wait()
            let job = jobs.withLock { $0.removeFirst() }
            job.runSynchronously(on: asUnownedTaskExecutor())
        }
    }
}
