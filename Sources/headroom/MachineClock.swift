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

    private static func text(at seconds: Double) -> String {
        let parts = Calendar(identifier: .gregorian).dateComponents(
            [.year, .month, .day, .hour, .minute], from: Date(timeIntervalSince1970: seconds))
        func digits(_ value: Int?, _ width: Int) -> String {
            let text = String(value ?? 0)
            return String(repeating: "0", count: max(0, width - text.count)) + text
        }
        return digits(parts.year, 4) + "-" + digits(parts.month, 2) + "-" + digits(parts.day, 2)
            + " " + digits(parts.hour, 2) + ":" + digits(parts.minute, 2)
    }
}
