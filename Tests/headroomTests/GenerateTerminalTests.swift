import Foundation
import TestSupport
import Testing

extension GGUFParts {
    /// Writes the file, and gives its path.
    func write(in folder: TestFolder) throws -> String {
        let url = folder.url.appending(path: "model.gguf")
        try Data(bytes).write(to: url)
        return url.path
    }

    /// The small model, with a context that it takes long to fill.
    static func endless() throws -> GGUFParts {
        var parts = try small.get()
        parts.set("llama.context_length", .whole(1_000_000))
        return parts
    }
}

extension RealTerminal {
    @Suite("headroom generate on a terminal")
    struct GenerateTerminalTests {
        private let folder: TestFolder

        init() throws { folder = try TestFolder() }

        private func start(_ path: String, _ prompt: String = "the") throws -> PseudoTerminal {
            let terminal = try PseudoTerminal(
                ["generate", path, prompt, "--tokens", "1000000", "--threads", "2"],
                folder: folder)
            try terminal.wait("some text") { $0.output.count > 40 }
            return terminal
        }

        @Test("Ctrl-C ends it by the signal, with what was written and the figures")
        func interrupted() throws {
            let terminal = try start(GGUFParts.endless().write(in: folder))
            terminal.write("\u{3}")
            #expect(try terminal.end() == -SIGINT)
            let end = terminal.text.suffix(200)
            #expect(end.contains("Cache: 192 bytes a token"))
            #expect(end.contains(" a second, 2 threads.\r\n"))
        }

        @Test(
            "a file that becomes shorter meanwhile is status 65, within its last page too",
            arguments: [100_000, 228_060])
        func shrunk(length: Int) throws {
            let path = try GGUFParts.endless().write(in: folder)
            let terminal = try start(path)
            #expect(truncate(path, off_t(length)) == 0)
            #expect(try terminal.end() == 65)
            #expect(
                terminal.text.hasSuffix(
                    "headroom: \(path): became shorter while being read\r\n"))
            #expect(!terminal.text.contains("Cache: "))
        }

        @Test("nothing that a model writes commands the terminal; a pipe gets its bytes")
        func escapes() throws {
            var parts = try GGUFParts.small.get()
            parts.set("tokenizer.ggml.merges", .texts([]))
            parts.set(
                "tokenizer.ggml.tokens",
                .texts(
                    ["<|end|>", "<|start|>"]
                        + "abcdefghijklmnopqrstuvwxyz".map { String($0) }
                        // In GPT-2's alphabet \u{11B} is the byte of Escape.
                        + (28..<70).map { "\u{11B}[\($0)m" }))
            let path = try parts.write(in: folder)
            let piped = try Program.run("generate", path, "the")
            #expect(piped.output.contains("\u{1B}["))
            let terminal = try PseudoTerminal(["generate", path, "the"], folder: folder)
            #expect(try terminal.end() == 0)
            #expect(!terminal.output.contains(0x1B))
            #expect(terminal.text.contains("Cache: "))
        }

        @Test("without a prompt it asks for one")
        func asks() throws {
            let terminal = try PseudoTerminal(
                ["generate", GGUFParts.smallFile.path, "--tokens", "3"], folder: folder)
            try terminal.wait(for: "How does the text begin?")
            terminal.write(" the heads\n\u{4}")
            #expect(try terminal.end() == 0)
            #expect(terminal.text.contains(" h kin\r\n"))
        }
    }
}
