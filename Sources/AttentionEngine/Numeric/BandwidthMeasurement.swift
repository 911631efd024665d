/// How fast this machine reads memory, found in slices: the time to sum a large array with so many
/// threads. No step that reads a cache from memory takes less than bytes / bandwidth; one whose
/// cache fits into the processor's own caches may.
struct BandwidthMeasurement: Sendable {
    let threads: Int
    private let samples: Int
    private var memory: NumberMemory
    private var warmUps = 2
    private var filled = 0
    private var times: [Duration] = []
    /// Kept, so that no compiler leaves out the reading.
    private var sum: Float = 0

    /// Numbers of 32 bits that are summed, 256 MiB: far more than any processor's caches hold.
    private static let numbers = 64 << 20
    private static let part = 1 << 20

    /// What is read.
    static let memoryNeeded = ByteCount(numbers * 4)

    init(threads: Int = 1, samples: Int = 15) {
        self.threads = threads
        self.samples = max(samples, 1)
        memory = NumberMemory(byteCount: Self.memoryNeeded.bytes)
    }

    /// Works for about so long: one reading of it all, or the filling of a part, at the least.
    mutating func advance(for time: Duration) {
        let end = ContinuousClock.now + time
        repeat { advance() } while !isFinished && ContinuousClock.now < end
    }

    var isFinished: Bool { times.count == samples }

    /// The part of the work that is done, 0 to 1.
    var progress: Double {
        Double(filled) / Double(Self.numbers) / 2 + Double(times.count) / Double(samples) / 2
    }

    /// Bytes per second, by the shortest of the times so far, since it is what memory can give that
    /// is asked for; nil while there are none.
    var bytesPerSecond: Double? {
        times.min().map { Double(Self.memoryNeeded.bytes) / $0.seconds }
    }

    private mutating func advance() {
        if filled < Self.numbers {
            if !isKnownUniquelyReferenced(&memory) {
                memory = NumberMemory(byteCount: Self.memoryNeeded.bytes)
                filled = 0
            }
            (memory.start + filled * 4).initializeMemory(
                as: Float.self, repeating: 1, count: Self.part)
            filled += Self.part
        } else if warmUps > 0 {
            read()
            warmUps -= 1
        } else {
            times.append(ContinuousClock().measure { read() })
        }
    }

    private mutating func read() {
        let parts = Self.numbers / Self.part
        let sums = [Float](unsafeUninitializedCapacity: parts) { sums, count in
            let (sums, start) = (sums.baseAddress!, memory.start)
            inParallel(parts, threads: threads) { part in
                sums[part] = KernelBuild.best.sum(start + part * Self.part * 4, count: Self.part)
            }
            count = parts
        }
        sum = sums.reduce(0, +)
    }
}

extension Duration {
    /// The duration in seconds, to the 16 digits of a double.
    package var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }

    /// "3.21 ms", from a second on "1.62 s".
    package var inMilliseconds: String { AttentionEngine.inMilliseconds(seconds) }
}

/// A time in seconds, however long, as "3.21 ms", from a second on "1.62 s".
package func inMilliseconds(_ seconds: Double) -> String {
    seconds < 1 ? "\(threeDigits(seconds * 1000)) ms" : "\(threeDigits(seconds)) s"
}
