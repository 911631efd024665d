import Foundation

/// The time by the machine's clock, as it is kept and shown.
enum MachineClock {
    /// "2026-11-23"
    static var today: String { String(now.prefix(10)) }

    /// "2026-11-23 17:20"
    static var now: String {
        let parts = Calendar(identifier: .gregorian).dateComponents(
            [.year, .month, .day, .hour, .minute], from: Date())
        func digits(_ value: Int?, _ width: Int) -> String {
            let text = String(value ?? 0)
            return String(repeating: "0", count: max(0, width - text.count)) + text
        }
        return digits(parts.year, 4) + "-" + digits(parts.month, 2) + "-" + digits(parts.day, 2)
            + " " + digits(parts.hour, 2) + ":" + digits(parts.minute, 2)
    }
}
