#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A file that another program saves again and again.
struct WatchedFile {
    let path: String
    /// How often it is looked at, and how long it must stay as it is to be whole, in microseconds.
    private static let interval: UInt32 = 150_000

    /// Calls `body` for each version that is whole, the first included, until the process is ended.
    /// Waits for a file that is not there yet.
    func forEachVersion(_ body: () -> Void) -> Never {
        if (try? FileVersion(path: path)) == nil { writeErrorLine("waiting for \(path)") }
        var checked: FileVersion?
        var last: FileVersion?
        while true {
            let version = try? FileVersion(path: path)
            if let version, version == last, version != checked {
                if checked != nil { print("") }
                body()
                checked = version
            }
            last = version
            usleep(Self.interval)
        }
    }
}
