import Foundation
import TestSupport
import Testing

@testable import headroom

@Suite("headroom doctor", .onOwnThreads)
struct DoctorCommandTests {
    private let folder: TestFolder

    init() throws { folder = try TestFolder() }

    private func run(_ variables: String = "") throws -> [String: String] {
        let answer = try folder.shell("cd; env \(variables) \"$headroom\" doctor")
        #expect(answer.status == 0)
        return Dictionary(
            answer.lines.filter { !$0.isEmpty && !$0.hasPrefix(" ") }.map { line in
                (
                    String(line.prefix { $0 != " " }),
                    String(line.drop { $0 != " " }.drop { $0 == " " })
                )
            }
        ) { first, _ in first }
    }

    @Test("names version, machine, terminal, course and files, without the user's home")
    func facts() throws {
        _ = try folder.learn("go gqa 4")
        let cache = folder.home.appending(path: ".cache/llama.cpp")
        try FileManager.default.createDirectory(at: cache, withIntermediateDirectories: true)
        try Data(contentsOf: GGUFParts.smallFile).write(to: cache.appending(path: "a.gguf"))
        let facts = try run()
        #expect(facts["headroom"]?.hasPrefix(HeadroomCommand.versionAndCommit) == true)
        #expect(facts["processors"]?.hasPrefix("\(Machine.processors) of ") == true)
        #expect(
            facts["terminal"]
                == "xterm-256color, output is no terminal, 256 colours, UTF-8, can show the course")
        #expect(facts["course"]?.hasPrefix("built in: 9 lessons, ") == true)
        let progress = try #require(facts["progress"])
        #expect(progress.hasPrefix("~/.local/state/headroom/progress.json: "))
        #expect(progress.hasSuffix(" B, can be written"))
        #expect(facts["races"] == "none trained here")
        #expect(facts["models"]?.hasPrefix("1 GGUF file found, ") == true)
        #expect(!facts.values.contains { $0.contains(folder.home.path) })
    }

    @Test("stays within 120 columns without any variable")
    func width() throws {
        let answer = try folder.shell("env -i \"$headroom\" doctor")
        let line = try #require(answer.lines.first { $0.hasPrefix("terminal") })
        #expect(
            line.hasSuffix(
                "TERM is not set, output is no terminal, 0 colours, ASCII, unknown to ncurses: "
                    + "the course runs as text"))
        #expect(line.count <= 120)
    }

    @Test("says what is wrong")
    func faults() throws {
        try Data().write(to: folder.home.appending(path: ".local"))
        let facts = try run("TERM=vt\u{1B}[31m LC_ALL=C XDG_CACHE_HOME=~/.local")
        #expect(
            facts["terminal"]?.hasSuffix(
                "ASCII, unknown to ncurses: the course runs as text") == true)
        #expect(facts.values.allSatisfy { !$0.contains("\u{1B}") })
        #expect(facts["progress"]?.hasSuffix("cannot be written: not a directory") == true)
        #expect(facts["cache"]?.contains("cannot be written: ") == true)
    }
}
