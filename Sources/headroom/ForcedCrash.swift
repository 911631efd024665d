import AttentionEngine
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Crashes on purpose, so that tests see the terminal given back: with HEADROOM_CRASH in the
/// environment, at the first key.
enum ForcedCrash: String {
    /// The program stops itself and says why.
    case trap
    /// Memory is read that is not there.
    case segv
    /// The stack has no room left.
    case overflow
    /// On a thread beside the course's.
    case thread
    /// On a thread beside the course's, whose stack has no room left.
    case threadOverflow

    static let wanted = ProcessInfo.processInfo.environment["HEADROOM_CRASH"].flatMap(Self.init)

    func happen() {
        switch self {
        case .trap: fatalError("forced by HEADROOM_CRASH")
        case .segv: _ = UnsafePointer<UInt8>(bitPattern: Int(getpagesize()) / 2)?.pointee
        case .overflow: print(Self.depth(1))
        case .thread:
            _ = startThread { fatalError("forced by HEADROOM_CRASH") }
            while true { sleep(1) }
        case .threadOverflow:
            _ = startThread { print(Self.depth(1)) }
            while true { sleep(1) }
        }
    }

    private static func depth(_ level: Int) -> Int {
        level > 0 ? 1 + max(depth(level + 1), depth(level + 2)) : 0
    }
}
