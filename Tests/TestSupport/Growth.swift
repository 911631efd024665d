import Foundation

/// How the time for a piece of work grows with its size.
public enum Growth {
    /// Whether eight times the size takes less than 24 times as long, three times what is linear;
    /// quadratic work takes 64 times as long.
    ///
    /// The thread's own time counts, so that other programs do not, and one try of five is enough.
    public static func isLinear<Input>(
        from size: Int, _ input: (Int) -> Input, _ work: (Input) -> Void
    ) -> Bool {
        let (small, large) = (input(size), input(8 * size))
        return (0..<5).contains { _ in
            // Below a tenth of a millisecond what is measured is the clock.
            time(work, large) < 24 * max(time(work, small), 1e-4)
        }
    }

    private static func time<Input>(_ work: (Input) -> Void, _ input: Input) -> Double {
        let start = now
        work(input)
        return now - start
    }

    private static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
