import Foundation
import TestSupport
import Testing

extension RealTerminal {
    @Suite("headroom perplexity on a terminal")
    struct PerplexityTerminalTests {
        private let folder: TestFolder

        init() throws { folder = try TestFolder() }

        /// Measures for long.
        private func start(_ path: String) throws -> PseudoTerminal {
            let text = try folder.write(
                String(repeating: "the keys and the values ", count: 100_000), to: "long.txt")
            let terminal = try PseudoTerminal(
                ["perplexity", path, "--text", text, "--tokens", "1000000", "--threads", "2"],
                folder: folder)
            try terminal.wait("some tokens") {
                $0.text.contains(/: [1-9][0-9,]* of [0-9,]+ tokens/)
            }
            return terminal
        }

        @Test("Ctrl-C ends it by the signal, with what was measured and how far it came")
        func interrupted() throws {
            let terminal = try start(GGUFParts.endless().write(in: folder))
            terminal.write("\u{3}")
            #expect(try terminal.end() == -SIGINT)
            #expect(
                terminal.text.contains(/headroom: stopped at as built: [0-9,]+ of [0-9,]+ tokens/))
            #expect(terminal.text.contains(/tokens      [0-9,]+ predicted/))
        }

        @Test("a file that becomes shorter meanwhile is status 65, without a figure")
        func shrunk() throws {
            let path = try GGUFParts.endless().write(in: folder)
            let terminal = try start(path)
            #expect(truncate(path, 100_000) == 0)
            #expect(try terminal.end() == 65)
            #expect(
                terminal.text.hasSuffix("headroom: \(path): became shorter while being read\r\n"))
            #expect(!terminal.text.contains("perplexity  "))
        }

        @Test("what tells how it stands is gone at the end")
        func erased() throws {
            let terminal = try PseudoTerminal(
                ["perplexity", GGUFParts.smallFile.path, "--tokens", "100"], folder: folder)
            #expect(try terminal.end() == 0)
            #expect(terminal.text.contains("\ras built: 0 of 100 tokens "))
            let empty = "\r" + String(repeating: " ", count: 79) + "\r"
            #expect(terminal.text.contains(empty + "kept        as built\r\n"))
        }
    }
}
