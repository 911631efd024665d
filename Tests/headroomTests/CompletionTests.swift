import Foundation
import Testing

@testable import headroom

@Suite("Completions")
struct CompletionTests {
    @Test("there is a script for each shell", arguments: ["bash", "zsh", "fish"])
    func scripts(shell: String) throws {
        let program = try Program.run("--generate-completion-script", shell)
        #expect(program.status == 0)
        #expect(program.errors == "")
        for command in ProgramHelp.commands { #expect(program.output.contains(command)) }
    }

    @Test("steps are those of the lesson on the line")
    func steps() throws {
        let line = ["---completion", "learn", "--", "--step", "4", "0", "headroom", "learn"]
        let named = try Program.run(line + ["5", "--step", ""])
        #expect(named.lines.contains("half-of-g") && !named.lines.contains("one-line"))
        let none = try Program.run(line + ["--step", ""])
        #expect(none.output.trimmingCharacters(in: .whitespacesAndNewlines) == "")
    }

    @Test(
        "bash completes commands, lessons, models and forms",
        arguments: [
            ("''", "render record"), ("learn ''", "gqa compare"), ("learn g", "gqa"),
            ("memory --model llama3-", "llama3-8b"), ("render --format s", "svg"),
            ("race --variants m", "mha mqa mla32"), ("record q", "question"),
            ("lint --j", "--json"), ("lessons g", "gqa"),
            ("progress --r", "--reset"), ("progress --reset m", "mha mla mqa"),
            ("bench --dtype b", "bf16"), ("help me", "memory"),
            ("memory --kv-dtype fp8", "fp8 fp8_e4m3"), ("memory --bytes 0", "0.5"),
            ("memory --engine-option block", "block-size"), ("verify --example d", "decode"),
            ("generate --kv-dtype b", "bf16"), ("generate --kv-dtype q", "q8_0 q4_0"),
            ("perplexity --pool b", "best"),
        ])
    func bash(line: String, expected: String) throws {
        let program = try Program.shell(
            """
            set -e
            PATH=$(dirname "$headroom"):$PATH
            source <(headroom --generate-completion-script bash)
            COMP_WORDS=(headroom \(line))
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            COMP_LINE="${COMP_WORDS[*]}"
            COMP_POINT=${#COMP_LINE}
            _headroom headroom "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}" || true
            printf '%s\\n' "${COMPREPLY[@]}"
            """)
        let given = Set(program.lines.map { $0.trimmingCharacters(in: .whitespaces) })
        let wanted = Set(expected.split(separator: " ").map(String.init))
        #expect(given.isSuperset(of: wanted), "\(given) \(program.errors)")
    }
}

extension RealTerminal {
    @Suite("Completions in the shells themselves")
    struct ShellCompletions {
        /// How each shell is begun and takes the completions, without anybody's own settings.
        private static let shells = [
            "bash": "bash --norc --noprofile",
            "zsh": "PS1='$ ' zsh -f",
            "fish": "fish --no-config",
        ]
        private static let beginnings = [
            "bash": "source <(headroom --generate-completion-script bash)",
            "zsh": "autoload -U compinit && compinit -D && "
                + "source <(headroom --generate-completion-script zsh) && "
                + "compdef _headroom headroom",
            "fish": "function fish_prompt; printf '$ '; end; "
                + "headroom --generate-completion-script fish | source",
        ]

        /// A line that is begun, and what the Tab key makes of it.
        private static let lines = [
            ("headroom perp", "headroom perplexity"),
            ("headroom help perp", "headroom help perplexity"),
            ("headroom memory --config conf", "headroom memory --config config.json"),
            ("headroom memory conf", "headroom memory config.json"),
            ("headroom memory smollm2-1.", "headroom memory smollm2-1.7b"),
            ("headroom memory --gguf models/sm", "headroom memory --gguf models/small.gguf"),
            ("headroom generate models/sm", "headroom generate models/small.gguf"),
            ("headroom generate /kept/m", "headroom generate /kept/mine.gguf"),
            ("headroom learn --gguf /kept/m", "headroom learn --gguf /kept/mine.gguf"),
            ("headroom verify mine.s", "headroom verify mine.safetensors"),
            ("headroom learn --share cla", "headroom learn --share class-of-1"),
            ("headroom follow cla", "headroom follow class-of-1"),
            ("headroom record gqa gq", "headroom record gqa gqa.cast"),
            ("headroom lint less", "headroom lint lesson-folder"),
            ("headroom learn gqa --step half-o", "headroom learn gqa --step half-of-g"),
            ("headroom render --format mark", "headroom render --format markdown"),
        ]

        @Test(
            "complete files, steps, formats, models and commands", arguments: shells.keys.sorted())
        func complete(shell: String) throws {
            let folder = try TestFolder()
            for name in [
                "config.json", "models/small.gguf", "mine.safetensors", "class-of-1", "gqa.cast",
                "lesson-folder/1-a.md",
            ] {
                let file = folder.url.appending(path: name)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data().write(to: file)
            }
            let session = try TmuxSession(folder: TestFolder())
            try session.type("command -v \(shell) > /dev/null && echo is there || echo is not")
            let answer = try session.wait("an answer") { $0.contains { $0.hasPrefix("is ") } }
            guard answer.contains("is there") else {
                print("Skipped: completions in \(shell), which is not installed here.")
                return
            }
            let begin = try #require(Self.shells[shell])
            let take = try #require(Self.beginnings[shell])
            // Each on a shell of its own: a key that would clear the line may come too early.
            for (begun, whole) in Self.lines {
                let session = try TmuxSession(
                    environment: ["HEADROOM_GGUF": "/kept/mine.gguf"], folder: TestFolder())
                try session.type("cd \(folder.url.path); PATH=$(dirname $headroom):$PATH; \(begin)")
                try session.type("\(take); clear; echo ready")
                try session.wait("the completions") { $0.first == "ready" && $0.last == "$" }
                try session.send(bytes: Array(begun.utf8))
                try session.wait("\(shell): \(begun)") { $0.last?.hasSuffix(begun) == true }
                try session.send("Tab")
                try session.wait("\(shell): \(whole)") { screen in
                    screen.contains { $0.contains(whole) }
                }
            }
        }
    }
}
