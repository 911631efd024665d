import Foundation
import Testing

@Suite("A file that the user names to be written")
struct WritingTests {
    private let folder: TestFolder

    init() throws { folder = try TestFolder() }

    private func path(_ name: String) -> String { folder.url.appendingPathComponent(name).path }

    private func type(_ name: String) throws -> FileAttributeType? {
        try FileManager.default.attributesOfItem(atPath: path(name))[.type] as? FileAttributeType
    }

    @Test("is left alone where it is a pipe, a device, a folder or links in a circle")
    func others() throws {
        #expect(mkfifo(path("pipe"), 0o600) == 0)
        #expect(symlink("circle", path("circle")) == 0)
        for (path, message) in [
            (path("pipe"), "is not a regular file"), ("/dev/null", "is not a regular file"),
            (folder.url.path, "is a folder"),
            (path("circle"), "too many levels of symbolic links"),
            (path("none/x"), "no such file or directory"),
        ] {
            let program = try Program.run("record", "gqa", path)
            #expect(program.errors == "headroom: \(path): \(message)\n")
            #expect(program.output == "" && program.status == 73)
        }
        #expect(try Program.run("learn", "--share", path("none/x")).status == 73)
    }

    @Test("is written where links lead, and the links stay")
    func links() throws {
        #expect(symlink("new.cast", path("link")) == 0)
        #expect(try Program.run("record", "gqa", path("link")).status == 0)
        #expect(symlink("place", path("dangling")) == 0)
        #expect(
            try Program.shell(
                "HOME='\(folder.home.path)' $headroom learn --plain --share '\(path("dangling"))' </dev/null"
            )
            .status == 0)
        #expect(try ["link", "dangling"].map(type) == [.typeSymbolicLink, .typeSymbolicLink])
        #expect(try ["new.cast", "place"].map(type) == [.typeRegular, .typeRegular])
    }

    @Test("is left alone where it is no recording, and replaced where it is one")
    func other() throws {
        let words = Data("# My notes\n".utf8)
        try words.write(to: folder.url.appendingPathComponent("notes.md"))
        let program = try Program.run("record", "gqa", path("notes.md"))
        #expect(program.status == 73 && program.errors.split(separator: "\n").count == 1)
        #expect(try Data(contentsOf: folder.url.appendingPathComponent("notes.md")) == words)
        for _ in 1...2 { #expect(try Program.run("record", "gqa", path("a.cast")).status == 0) }
        let printed = try Program.run("record", "gqa", "-")
        #expect(
            try printed.output.utf8.elementsEqual(
                Data(contentsOf: folder.url.appendingPathComponent("a.cast"))))
    }

    @Test("stays as it was where a limit on the size of files stops what is written")
    func limited() throws {
        #expect(try Program.run("record", "mqa", path("a.cast")).status == 0)
        let before = try Data(contentsOf: folder.url.appendingPathComponent("a.cast"))
        let program = try Program.shell(
            "ulimit -f 8; exec $headroom record gqa '\(path("a.cast"))'")
        #expect(program.errors == "headroom: \(path("a.cast")): file too large\n")
        #expect(program.status == 73)
        #expect(try Data(contentsOf: folder.url.appendingPathComponent("a.cast")) == before)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).count == 2)
        let printed = try Program.shell(
            "ulimit -f 8; exec $headroom render --all --format svg >'\(path("a.svg"))'")
        #expect(printed.errors == "headroom: the output cannot be written: file too large\n")
        #expect(printed.status == 74)
    }

    @Test("keeps who may read it")
    func mode() throws {
        #expect(try Program.run("record", "gqa", path("a.cast")).status == 0)
        #expect(chmod(path("a.cast"), 0o640) == 0)
        #expect(try Program.run("record", "gqa", path("a.cast")).status == 0)
        let mode = try FileManager.default.attributesOfItem(atPath: path("a.cast"))
        #expect(mode[.posixPermissions] as? Int == 0o640)
    }
}

#if os(Linux)
    @Suite("Output that cannot be written")
    struct LostOutputTests {
        @Test(
            "ends a command with status 74 and one line",
            arguments: ["memory", "models", "new --reference", "--help", "lint --json"])
        func full(arguments: String) throws {
            let program = try Program.shell("$headroom \(arguments) >/dev/full")
            #expect(program.status == 74)
            #expect(
                program.errors.hasSuffix(
                    "headroom: the output cannot be written: no space left on device\n"))
        }
    }
#endif
