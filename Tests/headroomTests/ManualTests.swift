import CoursePlain
import CourseScreens
import Foundation
import Testing

@testable import headroom

@Suite("The manual page")
struct ManualTests {
    private static let printed = Result { try Program.run("manual").output }

    private static func page() throws -> String { try printed.get() }

    @Test("has every command with every option", arguments: ProgramHelp.commands)
    func complete(command: String) throws {
        let page = try Self.page().replacingOccurrences(of: "\\-", with: "-")
        let start = try #require(page.range(of: ".SS \"headroom \(command)\"\n"))
        let rest = page[start.upperBound...]
        let section = rest[..<(rest.range(of: "\n.S")?.lowerBound ?? rest.endIndex)]
        let general: Set = ["--help", "--version"]
        let options = ProgramHelp.options(command).subtracting(general)
        for option in options {
            #expect(section.contains("\n\\fB\(option)\\fR"), "\(command) \(option)")
        }
        for example in ProgramHelp.examples(command) { #expect(section.contains(example)) }
    }

    @Test("uses only macros of man(7), and lines of text begin with none by chance")
    func macros() throws {
        let known = [".TH", ".SH", ".SS", ".PP", ".TP", ".nf", ".fi", ".B", ".RI"]
        for line in try Self.page().split(separator: "\n") where line.hasPrefix(".") {
            #expect(known.contains(String(line.prefix { $0 != " " })), "\(line)")
        }
        #expect(try !Self.page().contains("\n'"))
    }

    /// What stands in one section of the page, as a reader sees it.
    private static func section(_ title: String) throws -> String {
        let page = try page().replacing("\\-", with: "-")
        let rest = try #require(page.components(separatedBy: ".SH \(title)\n").dropFirst().first)
        return rest.components(separatedBy: "\n.SH ")[0]
    }

    @Test("says of every status what it means", arguments: CommandStatus.allCases)
    func status(_ status: CommandStatus) throws {
        let section = try Self.section("EXIT STATUS")
        #expect(
            section.replacing("\n", with: " ").contains(
                ".TP \(status.rawValue) \(status.meaning)"))
    }

    @Test("names the files that are kept and the variables that are read")
    func surroundings() throws {
        let files = try Self.section("FILES")
        for name in ["progress.json", "progress-*.json", "race.json", "race-widened.json"] {
            #expect(files.contains(name))
        }
        for copy in KeptCopy.allCases { #expect(files.contains("*.\(copy.rawValue)-*")) }
        let environment = try Self.section("ENVIRONMENT")
        for name in [
            "HEADROOM_LESSONS", "XDG_STATE_HOME", "HOME", "VISUAL", "EDITOR", "NO_COLOR",
            "COLORFGBG", "ESCDELAY", "TERM",
        ] {
            #expect(environment.contains(name))
        }
    }

    @Test("has the keys, the commands of the plain mode and what else to see")
    func sections() throws {
        let keys = try Self.section("KEYS")
        for line in CourseApp.helpOfKeys.prefix(20) { #expect(keys.contains(line.help.prefix(30))) }
        let commands = try Self.section("PLAIN COMMANDS")
        for command in PlainCourse.commands { #expect(commands.contains(command.usage)) }
        #expect(try Self.section("SEE ALSO").contains("terminfo"))
    }

    @Test("has no line that is too long to be edited")
    func widths() throws {
        let lines = try Self.page().split(separator: "\n")
        #expect(lines.filter { $0.count > 90 } == [])
    }

    @Test("names the version that --version prints")
    func version() throws {
        let version = try Program.run("--version")
        #expect(version.status == 0 && version.output.hasPrefix(HeadroomCommand.version))
        #expect(try Self.page().contains("\"headroom \(HeadroomCommand.version)\""))
    }
}
