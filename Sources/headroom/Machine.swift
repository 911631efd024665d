import AttentionEngine

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What this machine has, and what of it this process may use.
enum Machine {
    /// Processors that this process may use, one at the least.
    static var processors: Int {
        let online = Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        return max(1, min(online, ProcessorLimits.processors(file: smallFile) ?? .max))
    }

    static var memory: ByteCount {
        ByteCount(Int(sysconf(Int32(_SC_PHYS_PAGES))) * Int(sysconf(Int32(_SC_PAGESIZE))))
    }

    /// A file of the system's as a text, of a long one the beginning; nil where it cannot be read.
    private static func smallFile(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = read(descriptor, &bytes, bytes.count)
        return count < 0 ? nil : String(decoding: bytes[..<count], as: UTF8.self)
    }
}

/// Ends the command where the system does not give it so much memory, and as much as threads take
/// of addresses for their stacks and heaps. advice: what would take less.
func requireMemory(_ bytes: ByteCount, advice: String = "", besides: Int = 1 << 28) throws {
    guard !memoryIsGiven(bytes.bytes + besides) else { return }
    let less = advice.isEmpty ? "" : ": \(advice)"
    writeErrorLine("this takes \(bytes.decimal) of memory, which is not available\(less)")
    throw CommandStatus.noResources.code
}

/// Starts so many threads, this one among them; ends the command where the system gives fewer.
func requireThreads(_ count: Int) throws {
    try requireThreads(count, given: threadsReady(for: count))
}

/// Ends the command where the system gives fewer threads than are wanted.
func requireThreads(_ count: Int, given: Int) throws {
    guard given < count else { return }
    writeErrorLine(
        "only \(given) of \(grouped(count)) threads could be started: use --threads "
            + "\(max(1, given))")
    throw CommandStatus.noResources.code
}
