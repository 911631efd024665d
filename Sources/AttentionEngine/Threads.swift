#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Runs `body` once on a thread of its own, which ends with it; false, and nothing is run, where
/// the system gives no more threads.
package func startThread(_ body: @escaping @Sendable () -> Void) -> Bool {
    let box = Unmanaged.passRetained(Body(body))
    #if canImport(Darwin)
        var thread: pthread_t?
    #else
        var thread = pthread_t()
    #endif
    let status = pthread_create(
        &thread, nil,
        { argument in
            #if canImport(Darwin)
                let pointer = argument
            #else
                let pointer = argument!
            #endif
            Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue().start()
            return nil
        }, box.toOpaque())
    guard status == 0 else {
        box.release()
        return false
    }
    #if canImport(Darwin)
        pthread_detach(thread!)
    #else
        pthread_detach(thread)
    #endif
    return true
}

private final class Body: Sendable {
    private let run: @Sendable () -> Void

    func start() { withSignalStack(run) }

    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

/// Runs `body` on this thread with a second stack for those who handle signals: on its own, once
/// that has overflowed, nobody could say what happened, or tidy up.
private func withSignalStack(_ body: () -> Void) {
    let size = 64 * 1_024
    var stack = stack_t()
    var before = stack_t()
    stack.ss_sp = .allocate(byteCount: size, alignment: 16)
    stack.ss_size = .init(size)
    guard sigaltstack(&stack, &before) == 0 else { return body() }
    body()
    sigaltstack(&before, nil)
    stack.ss_sp.deallocate()
}
