#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Memory for many numbers, given back when the last reference goes. An array would do, but for
/// large pages: a cache is read from end to end at every step, and with pages of 4 KiB the
/// processor would look up a new one each few dozen tokens.
///
/// Two values never write to one memory: they take another first where it is shared.
final class NumberMemory: @unchecked Sendable {
    let start: UnsafeMutableRawPointer
    let byteCount: Int

    /// Bytes not yet written; the process ends where there is no memory left, as with an array.
    init(byteCount: Int) {
        let largePage = 1 << 21
        let isLarge = byteCount >= 2 * largePage
        var address: UnsafeMutableRawPointer?
        let status = posix_memalign(&address, isLarge ? largePage : 64, max(byteCount, 64))
        guard status == 0, let address else { fatalError("no memory for \(byteCount) bytes") }
        #if os(Linux)
            if isLarge { _ = madvise(address, byteCount / largePage * largePage, 14) }
        #endif
        self.start = address
        self.byteCount = byteCount
    }

    deinit { free(start) }
}

/// Whether the system gives so many bytes more: asked for as one piece, and given back untouched. A
/// limit on a process's memory says no; where memory is promised that is not there, nobody does.
package func memoryIsGiven(_ byteCount: Int) -> Bool {
    #if canImport(Darwin)
        let flags = MAP_PRIVATE | MAP_ANON
    #else
        let flags = MAP_PRIVATE | MAP_ANONYMOUS
    #endif
    let start = mmap(nil, max(byteCount, 1), PROT_READ | PROT_WRITE, flags, -1, 0)
    guard let start, start != MAP_FAILED else { return false }
    munmap(start, max(byteCount, 1))
    return true
}
