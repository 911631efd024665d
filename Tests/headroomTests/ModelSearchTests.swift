import Foundation
import TestSupport
import Testing

@testable import CourseSession
@testable import headroom

@Suite("The search for models' files")
struct ModelSearchTests {
    private let folder: TestFolder

    init() throws { folder = try TestFolder() }

    private var home: String { folder.home.path }

    private func write(_ data: Data, to path: String) throws {
        let file = folder.home.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: file)
    }

    private func write(_ text: String, to path: String) throws {
        try write(Data(text.utf8), to: path)
    }

    private func small() throws -> Data { try Data(contentsOf: GGUFParts.smallFile) }

    private func found(
        _ environment: [String: String] = [:], in current: String = "work",
        _ change: (inout ModelSearch.Limits) -> Void = { _ in }
    ) -> (files: [ModelFile], isCut: Bool) {
        var search = ModelSearch(
            ["HOME": home].merging(environment) { $1 }, folder: home + "/" + current)
        change(&search.limits)
        return search.run { _ in true }
    }

    @Test("finds what each program keeps, and says what it is")
    func places() throws {
        let digest = String(repeating: "ab", count: 32)
        try write(small(), to: "work/here.gguf")
        try write(small(), to: "work/deeper/not-here.gguf")
        try write(small(), to: ".cache/huggingface/hub/models--a--b/blobs/0123")
        let snapshot = home + "/.cache/huggingface/hub/models--a--b/snapshots/1"
        try FileManager.default.createDirectory(
            atPath: snapshot, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: snapshot + "/hub.Q4_1.gguf", withDestinationPath: "../../blobs/0123")
        try write(small(), to: ".cache/llama.cpp/llama.GGUF")
        try write(small(), to: ".lmstudio/models/org/repo/studio.gguf")
        try write(small(), to: ".cache/lm-studio/models/org/repo/older.gguf")
        try write(small(), to: ".ollama/models/blobs/sha256-\(digest)")
        try write(
            """
            {"layers": [
              {"mediaType": "application/vnd.ollama.image.license", "digest": "sha256:00"},
              {"mediaType": "application/vnd.ollama.image.model", "digest": "sha256:\(digest)"}]}
            """, to: ".ollama/models/manifests/registry.ollama.ai/library/tiny/latest")
        let (files, isCut) = found()
        #expect(!isCut)
        #expect(
            files.map { "\($0.place): \($0.name)" } == [
                "this folder: here", "Hugging Face: hub.Q4_1", "llama.cpp: llama",
                "LM Studio: studio", "LM Studio: older", "Ollama: tiny:latest",
            ])
        let size = try small().count
        for file in files {
            #expect(file.architecture == "llama" && file.size.bytes == size)
            #expect(file.obstacle == nil && !file.format.isEmpty, "\(file)")
        }
    }

    @Test(
        "goes where the environment says instead",
        arguments: [
            ("HF_HUB_CACHE", "hub", "hub/models--a--b/snapshots/1/a.gguf"),
            ("HF_HOME", "hf", "hf/hub/models--a--b/snapshots/1/a.gguf"),
            ("XDG_CACHE_HOME", "cache", "cache/huggingface/hub/x/a.gguf"),
            ("LLAMA_CACHE", "llama", "llama/a.gguf"),
        ])
    func environment(name: String, value: String, path: String) throws {
        try write(small(), to: path)
        #expect(found([name: home + "/" + value]).files.map(\.name) == ["a"])
        // A path that is none from the root is nobody's place.
        #expect(found([name: value]).files.isEmpty)
    }

    @Test("OLLAMA_MODELS is where Ollama's manifests and blobs are")
    func ollama() throws {
        let digest = String(repeating: "0", count: 64)
        try write(small(), to: "o/blobs/sha256-\(digest)")
        let layer =
            #"{"mediaType": "application/vnd.ollama.image.model", "digest": "sha256:DIGEST"}"#
        func manifest(_ digest: String) -> String {
            #"{"layers": [\#(layer.replacing("DIGEST", with: digest))]}"#
        }
        try write(manifest(digest), to: "o/manifests/host/library/tiny/1b")
        // A digest is no path, and a manifest that is none names nothing.
        try write(manifest("../../../../etc/passwd"), to: "o/manifests/host/library/evil/1")
        try write(manifest(String(digest.dropLast())), to: "o/manifests/host/library/evil/2")
        try write("{", to: "o/manifests/host/library/evil/3")
        try write(Data(repeating: 0xFF, count: 1 << 17), to: "o/manifests/host/library/evil/4")
        let (files, _) = found(["OLLAMA_MODELS": home + "/o"])
        #expect(files.map(\.name) == ["tiny:1b"])
    }

    @Test("what is broken or strange is harmless, and is said")
    func hostile() throws {
        try write("GGUF", to: "work/cut.gguf")
        try write(small().prefix(5_000), to: "work/half.gguf")
        try write("", to: "work/empty.gguf")
        try write(small(), to: "work/\u{1B}[31mred\u{202E}.gguf")
        try write(small(), to: "work/locked/a.gguf")
        #expect(mkfifo(home + "/work/pipe.gguf", 0o600) == 0)
        let manager = FileManager.default
        try manager.createSymbolicLink(
            atPath: home + "/work/ring.gguf", withDestinationPath: "ring.gguf")
        try manager.createSymbolicLink(
            atPath: home + "/work/device.gguf", withDestinationPath: "/dev/zero")
        try manager.createSymbolicLink(
            atPath: home + "/work/again.gguf", withDestinationPath: "cut.gguf")
        try manager.createSymbolicLink(
            atPath: home + "/work/gone.gguf", withDestinationPath: "nowhere.gguf")
        let (files, _) = found()
        let told = Dictionary(uniqueKeysWithValues: files.map { ($0.name, $0.obstacle) })
        #expect(told.count == 4)
        // The same file under two names stands there once.
        #expect(told["again"]??.contains("is not a GGUF file") == true)
        #expect(told["empty"]??.contains("is empty") == true)
        #expect(told["half"]??.isEmpty == false)
        for file in files {
            #expect(file.name.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "\u{202E}" })
        }
    }

    @Test("a folder that is a link is not followed, nor is one that may not be read")
    func folders() throws {
        try write(small(), to: "elsewhere/a.gguf")
        let models = home + "/.lmstudio/models"
        let manager = FileManager.default
        try manager.createDirectory(atPath: models, withIntermediateDirectories: true)
        try manager.createSymbolicLink(
            atPath: models + "/link", withDestinationPath: home + "/elsewhere")
        try manager.createSymbolicLink(atPath: models + "/ring", withDestinationPath: models)
        try write(small(), to: ".lmstudio/models/shut/a.gguf")
        #expect(chmod(models + "/shut", 0) == 0)
        defer { chmod(models + "/shut", 0o700) }
        // Whoever is root reads it all the same.
        let names = found().files.map(\.path)
        #expect(!names.contains { $0.contains("/link/") || $0.contains("/ring/") })
        #expect(names.count <= 1)
    }

    @Test("has an end: of folders, names, files, bytes and time")
    func limits() throws {
        for index in 0..<6 { try write(small(), to: ".lmstudio/models/\(index)/a.gguf") }
        #expect(found().files.count == 6 && !found().isCut)
        let fewer: [(inout ModelSearch.Limits) -> Void] = [
            { $0.folders = 3 }, { $0.names = 5 }, { $0.files = 3 }, { $0.time = .zero },
        ]
        for change in fewer {
            let (files, isCut) = found([:], in: "work", change)
            #expect(files.count < 6 && isCut)
        }
        let short = found { $0.bytes = 1_000 }
        #expect(short.files.allSatisfy { $0.obstacle == "has a header of more than 0 MiB" })
    }

    @Test("ends when it is not asked for any more, and nothing without a home")
    func ended() throws {
        for index in 0..<4 { try write(small(), to: "work/\(index).gguf") }
        let search = ModelSearch(["HOME": home], folder: home + "/work")
        #expect(search.run { $0.count < 2 }.files.count == 2)
        #expect(ModelSearch([:], folder: home + "/none").run { _ in true }.files.isEmpty)
    }

    @Test("two files may be open at once, and each knows whether it is whole")
    func mapped() throws {
        try write(Data(repeating: 7, count: 100_000), to: "a")
        try write(Data(repeating: 8, count: 100_000), to: "b")
        let (a, b) = (
            try MappedFile(path: home + "/a"), try MappedFile(path: home + "/b")
        )
        #expect(a.isWhole && b.isWhole)
        #expect(truncate(home + "/a", 1) == 0)
        #expect(a.bytes[90_000] == 0 && b.bytes[90_000] == 8)
        #expect(!a.isWhole && b.isWhole)
    }

    @Test("is not made for a picture of the course or a recording")
    func pictures() throws {
        try write(small(), to: "work/tiny.gguf")
        let program = try Program.shell(
            """
            cd '\(home)/work'; HOME='\(home)' "$headroom" render real --step 2 --keys m
            """)
        #expect(program.output.contains("Looking") && !program.output.contains("tiny"))
    }

    @Test("plain: found, opened by number, and run with the learner's words")
    func plain() throws {
        try write(small(), to: "work/tiny.gguf")
        let commands = ["go real 1", "words the heads", "m 1", "quit"].joined(separator: "\\n")
        let program = try Program.shell(
            """
            cd '\(home)/work'; export HOME='\(home)' XDG_STATE_HOME='\(home)/state'
            unset HF_HOME HF_HUB_CACHE LLAMA_CACHE OLLAMA_MODELS HEADROOM_GGUF
            printf '\(commands)\\n' | "$headroom" --plain
            """)
        let said = program.output.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
        #expect(program.status == 0)
        #expect(said.contains("1 file; files and a number opens one."))
        #expect(said.contains("1. tiny: 228 kB"))
        #expect(said.contains("The model writes on this machine."))
        #expect(said.contains("The model goes on with \"the heads\"."))
        #expect(said.contains("wrote this on this machine"))
    }
}

extension RealTerminal {
    @Suite struct ModelFileScreenTests {
        private let folder: TestFolder

        init() throws { folder = try TestFolder() }

        @Test("a file is found, opened and read with from r on, and kept for the next day")
        func opened() throws {
            try FileManager.default.copyItem(
                at: GGUFParts.smallFile, to: folder.home.appending(path: "tiny.gguf"))
            let session = try TmuxSession(folder: folder)
            try session.type("cd \"$HOME\" && \"$headroom\" learn real --step 2")
            try session.wait("the step") { $0.contains { $0.contains("r look here") } }
            try session.send("r")
            try session.wait("the list") { $0.contains { $0.contains("✓ tiny") } }
            try session.send("Enter")
            try session.wait("the heads") { screen in
                screen.contains { $0.contains("read this on this machine") }
            }
            // Words of one's own, with the model that is open.
            try session.send("i")
            try session.send("C-u")
            try session.type("the heads")
            try session.wait("other tokens") { screen in
                screen.contains { $0.contains(": where '") && !$0.contains("'\"\"'") }
            }
            try session.send("q")
            try session.waitForShell()
            try session.type("\"$headroom\" learn real --step 2 --gguf tiny.gguf")
            try session.wait("the day") { screen in
                screen.contains { $0.contains("read this on 20") }
            }
            try session.send("q")
            try session.waitForShell()
        }
    }
}
