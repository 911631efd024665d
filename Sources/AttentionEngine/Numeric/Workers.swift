import CAttentionKernels

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
/// little. A thread is started for each call: some 20 µs, which a step of milliseconds allows.
func inParallel(_ count: Int, threads: Int, _ work: @escaping (Int) -> Void) {
    let share = Share(count: count, work: work)
    var others: [pthread_t] = []
    for _ in 1..<max(1, min(threads, count)) {
        #if canImport(Darwin)
            var thread: pthread_t?
        #else
            var thread = pthread_t()
        #endif
        let reference = Unmanaged.passRetained(share)
        let status = pthread_create(
            &thread, nil,
            { argument in
                #if canImport(Darwin)
                    let share = Unmanaged<Share>.fromOpaque(argument).takeRetainedValue()
                #else
                    let share = Unmanaged<Share>.fromOpaque(argument!).takeRetainedValue()
                #endif
                share.run()
                return nil
            }, reference.toOpaque())
        // Where no thread is to be had, this one does the work.
        if status != 0 {
            reference.release()
        } else {
            #if canImport(Darwin)
                others.append(thread!)
            #else
                others.append(thread)
            #endif
        }
    }
    share.run()
    for other in others { pthread_join(other, nil) }
}

private final class Share {
    private let count: Int
    private let work: (Int) -> Void
    private let next = UnsafeMutablePointer<Int64>.allocate(capacity: 1)

    init(count: Int, work: @escaping (Int) -> Void) {
        self.count = count
        self.work = work
        next.initialize(to: 0)
    }

    deinit { next.deallocate() }

    func run() {
        while true {
            let index = Int(fetchAndIncrement(next))
            if index >= count { return }
            work(index)
        }
    }
}
