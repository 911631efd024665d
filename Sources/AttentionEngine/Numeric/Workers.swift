#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Does `work` for each number below `count`, on so many threads, this one among them; returns when
/// all is done.
///
/// Each thread takes the next number when it is free, so that one slowed by other programs holds up
/// little. Threads are started once and wait for the next call: a decode step takes a few
/// milliseconds, and the start of a thread up to one.
package func inParallel(_ count: Int, threads: Int, _ work: @escaping (Int) -> Void) {
    let helpers = min(threads, count) - 1
    if helpers < 1 {
        for number in 0..<count { work(number) }
    } else {
        WorkerTeam.shared.run(Job(count: count, helpers: helpers, work: work))
    }
}

/// Starts what `inParallel` needs of threads for work on so many, and returns how many will work,
/// this one among them: fewer where the system gives no more.
package func threadsReady(for count: Int) -> Int { WorkerTeam.shared.ready(count - 1) + 1 }

/// Numbers to work on, and who does. Changed under the team's lock only.
private final class Job {
    let count: Int
    /// Threads that may help at the most.
    let helpers: Int
    let work: (Int) -> Void
    var next = 0
    var active = 0

    init(count: Int, helpers: Int, work: @escaping (Int) -> Void) {
        self.count = count
        self.helpers = helpers
        self.work = work
    }
}

/// Threads that help with whatever job is there.
private final class WorkerTeam: @unchecked Sendable {
    static let shared = WorkerTeam()

    private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let jobCame = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var jobs: [Job] = []
    private var threads = 0

    private init() {
        pthread_mutex_init(lock, nil)
        pthread_cond_init(jobCame, nil)
    }

    /// Threads that will help, of so many that are wanted.
    func ready(_ helpers: Int) -> Int {
        pthread_mutex_lock(lock)
        startThreads(helpers)
        defer { pthread_mutex_unlock(lock) }
        return min(threads, max(0, helpers))
    }

    /// Under the lock. Where there are no more threads to be had, fewer do the work.
    private func startThreads(_ helpers: Int) {
        while threads < helpers, startThread({ WorkerTeam.shared.help() }) { threads += 1 }
    }

    func run(_ job: Job) {
        pthread_mutex_lock(lock)
        startThreads(job.helpers)
        jobs.append(job)
        pthread_cond_broadcast(jobCame)
        takeNumbers(of: job)
        jobs.removeAll { $0 === job }
        // A helper is at its last number. To sleep and be woken would take longer than most.
        while job.active > 0 { letOthersRun() }
        pthread_mutex_unlock(lock)
    }

    /// A helper's life.
    private func help() {
        pthread_mutex_lock(lock)
        while true {
            let job = waitForJob()
            job.active += 1
            takeNumbers(of: job)
            job.active -= 1
        }
    }

    /// Awake for a moment, since steps follow each other; then asleep.
    private func waitForJob() -> Job {
        var looks = 0
        while true {
            if let job = jobs.first(where: { $0.next < $0.count && $0.active < $0.helpers }) {
                return job
            }
            looks += 1
            if looks < 100 { letOthersRun() } else { pthread_cond_wait(jobCame, lock) }
        }
    }

    /// Works while there are numbers left; the lock is held before and after.
    private func takeNumbers(of job: Job) {
        while job.next < job.count {
            let number = job.next
            job.next += 1
            pthread_mutex_unlock(lock)
            job.work(number)
            pthread_mutex_lock(lock)
        }
    }

    private func letOthersRun() {
        pthread_mutex_unlock(lock)
        sched_yield()
        pthread_mutex_lock(lock)
    }
}
