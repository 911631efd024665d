import Foundation
import TestSupport
import Testing

@Suite("What a text leaves in a model")
struct KeptMomentsTests {
    private let folder: TestFolder
    private let text: String

    init() throws {
        folder = try TestFolder()
        text = try folder.write(
            "the keys and values of a token are kept. each head has a key and a value of its own, "
                + "or shares them with others, which takes less memory, and loses little of it.",
            to: "calibration.txt")
    }

    private var kept: [URL] {
        let cache = folder.url.appending(path: "cache/headroom")
        return
            (try? FileManager.default.contentsOfDirectory(
                at: cache, includingPropertiesForKeys: nil)) ?? []
    }

    private func generate(_ options: String, cache: String = "cache") throws -> Program {
        try Program.shell(
            """
            export XDG_CACHE_HOME='\(folder.url.path)/\(cache)'
            "$headroom" generate '\(GGUFParts.smallFile.path)' " the heads" --tokens 8 --json \
                --calibration '\(text)' \(options)
            """)
    }

    private func written(_ program: Program) throws -> [String: Any] {
        #expect(program.status == 0, "\(program.errors)")
        var object = try #require(
            JSONSerialization.jsonObject(with: Data(program.output.utf8)) as? [String: Any])
        object["read_per_second"] = nil
        object["written_per_second"] = nil
        return object
    }

    @Test(
        "is gathered once, and what is written then is the same",
        arguments: [
            ("--latent 30", 30), ("--latent 30 --weighted", 30), ("--kv-heads 1 --pool best", 48),
        ])
    func once(options: String, numbers: Int) throws {
        let first = try written(generate(options))
        let file = try #require(kept.first)
        #expect(kept.count == 1 && file.lastPathComponent.hasPrefix("moments-"))
        let cache = try #require(first["cache"] as? [String: Any])
        #expect(cache["numbers_per_token_and_layer"] as? Int == numbers)
        let made = try FileManager.default.attributesOfItem(atPath: file.path)
        let second = try written(generate(options))
        #expect(NSDictionary(dictionary: first) == NSDictionary(dictionary: second))
        let seen = try FileManager.default.attributesOfItem(atPath: file.path)
        #expect(made[.systemFileNumber] as? Int == seen[.systemFileNumber] as? Int)
    }

    @Test("is gathered again where what was kept is damaged, shorter, or no file")
    func damaged() throws {
        let first = try written(generate("--latent 30"))
        let file = try #require(kept.first)
        let whole = try Data(contentsOf: file)
        var changed = whole
        changed[whole.count / 2] ^= 1
        for bytes in [changed, whole.dropLast(), Data()] {
            try Data(bytes).write(to: file)
            let again = try written(generate("--latent 30"))
            #expect(NSDictionary(dictionary: first) == NSDictionary(dictionary: again))
            #expect(try Data(contentsOf: file) == whole)
        }
        try FileManager.default.removeItem(at: file)
        #expect(mkfifo(file.path, 0o600) == 0)
        #expect(
            try NSDictionary(dictionary: first)
                == NSDictionary(
                    dictionary: written(generate("--latent 30"))))
        #expect(kept.count == 1)
    }

    @Test("is found again each time, which is said, where it cannot be kept")
    func unwritable() throws {
        _ = try folder.write("", to: "full")
        let program = try generate("--latent 30", cache: "full")
        _ = try written(program)
        #expect(program.errors.contains("cannot be written"))
        #expect(program.errors.split(separator: "\n").count == 1)
    }

    @Test("is of as many tokens as a layer keeps numbers, or it is refused")
    func short() throws {
        _ = try folder.write("the keys", to: "calibration.txt")
        let program = try generate("--latent 30")
        #expect(program.status == 64)
        #expect(
            program.errors.hasPrefix(
                "headroom: \(text) has 4 tokens: to calibrate on, 96 are needed, as many as this "
                    + "model keeps numbers of a token in a layer\n"), "\(program.errors)")
        #expect(kept.isEmpty)
    }

    @Test("is enough where every token is the same")
    func constant() throws {
        _ = try folder.write(String(repeating: "e", count: 300), to: "calibration.txt")
        for options in ["--latent 96 --weighted", "--kv-heads 1 --pool best"] {
            _ = try written(generate(options))
        }
    }

    @Test("of another text is kept beside it")
    func texts() throws {
        _ = try written(generate("--latent 30"))
        _ = try folder.write(
            String(repeating: "another text about other heads and keys. ", count: 5),
            to: "calibration.txt")
        _ = try written(generate("--latent 30"))
        #expect(kept.count == 2)
    }
}
