import ArgumentParser
import Foundation

/// Whether the course is running text, and how wide that is.
struct PlainOptions: ParsableArguments {
    @Flag(help: "The course as running text, pictures in words, commands by line.")
    var plain = false

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "As --plain, with lines broken at so many columns (20 to 1000).", valueName: "N"))
    var width: Int?

    func validate() throws {
        if let width, !(20...1_000).contains(width) {
            throw ValidationError("--width \(width): a whole number from 20 to 1000")
        }
    }

    /// Whether running text is asked for, here or by HEADROOM_PLAIN.
    var isPlain: Bool {
        let variable = ProcessInfo.processInfo.environment["HEADROOM_PLAIN"] ?? ""
        return plain || width != nil || !["", "0"].contains(variable)
    }
}
