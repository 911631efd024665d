import CourseSession
import Foundation

/// The time by the machine's clock, as it is kept and shown.
enum MachineClock {
    /// "2026-11-23"
    static var today: String { String(now.prefix(10)) }

    /// "2026-11-23 17:20"
    static var now: String {
        let seconds = Date().timeIntervalSince1970
        return texts.value(of: (seconds / 60).rounded(.down)) { text(at: 60 * $0) }
    }

    /// The newest minute: asking a calendar costs more than most keys do.
    private static let texts = Memo<Double, String>()

    /// By the C library, which knows the zone at once: Foundation's calendar takes a tenth of the
    /// time to the first picture.
    private static func text(at seconds: Double) -> String {
        var (time, parts) = (time_t(seconds), tm())
        localtime_r(&time, &parts)
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
            let count = strftime(buffer.baseAddress!, buffer.count, "%Y-%m-%d %H:%M", &parts)
            // A CChar is an Int8 here and a UInt8 there.
            return String(decoding: UnsafeRawBufferPointer(buffer).prefix(count), as: UTF8.self)
        }
    }
}
