import TestSupport
import Testing

@Suite("What is given at length")
struct LengthTests {
    /// Every place where the command line says a name, a path, a number or a text.
    private static let places = [
        ["memory", "--model"], ["memory", "--config"], ["memory", "--gguf"], ["memory", "--state"],
        ["memory", "--tokens"], ["memory", "--batch"], ["memory", "--bytes"],
        ["memory", "--kv-dtype"], ["memory", "--gpus"], ["memory", "--gpu-memory"],
        ["memory", "--weights"], ["memory", "--compare"], ["models"], ["models", "--json"],
        ["bench", "--heads"], ["bench", "--dtype"], ["bench", "--threads"], ["race", "--steps"],
        ["race", "--variants"], ["race", "--threads"], ["learn"], ["learn", "gqa", "--step"],
        ["learn", "--model"], ["learn", "--state"], ["learn", "--lessons"], ["learn", "--share"],
        ["learn", "--pace"], ["render", "--keys"], ["render", "--size"], ["render", "--format"],
        ["record", "gqa"], ["record"], ["notes", "--format"], ["verify"],
        ["verify", "--tolerance"], ["lint"], ["follow"], ["generate"],
        ["generate", "none.gguf", "--pool"], ["generate", "none.gguf", "x", "--kv-dtype"],
        ["perplexity"], ["help"], [],
    ]

    private static let texts = [
        "a": String(repeating: "a", count: 4_000),
        "digits": String(repeating: "9", count: 4_000),
        "words": String(repeating: "a ", count: 2_000),
        "marks": "a" + String(repeating: "\u{301}\u{323}", count: 999),
        "assignments": String(repeating: "g=1,", count: 1_000),
    ]

    @Test("is named by one line of bounded length, wherever it stands", arguments: places)
    func echo(place: [String]) throws {
        let texts = Self.texts.sorted { $0.key < $1.key }
        // One of them for each place, and all where there is time.
        let first = (Self.places.firstIndex(of: place) ?? 0) % texts.count
        for (name, text) in SlowTests.areRun ? texts : [texts[first]] {
            let program = try Program.run(place + [text])
            // A thousand keys are keys.
            if program.status == 0, place.last == "--keys" { continue }
            let lines = program.errors.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count == 2 && program.errors.utf8.count < 2_500, "\(place) \(name)")
            #expect(program.errors.hasPrefix("headroom: "), "\(place) \(name)")
            #expect(program.status >= 64, "\(place) \(name) \(program.status)")
        }
    }

    @Test("is a path that can be used, where a message names one")
    func path() throws {
        // As long as names in a path, and paths, may be.
        let path = Array(repeating: String(repeating: "p", count: 255), count: 16)
            .joined(separator: "/").dropLast(1)
        for path in [String(path), "/tmp/x y/\(path.dropLast(9))"] {
            let program = try Program.run("memory", "--gguf", path)
            #expect(program.errors == "headroom: \(path): no such file or directory\n")
        }
    }

    @Test("is refused where no name is as long, unless it is what a model begins with")
    func refused() throws {
        let long = String(repeating: "x", count: 100_000)
        for arguments in [["memory", "--model", long], ["--" + long], ["generate", "--" + long]] {
            let program = try Program.run(arguments)
            #expect(program.status == 64)
            #expect(
                program.errors.hasPrefix(
                    "headroom: argument \(arguments.count) has "
                        + (arguments.last == long ? "100,000" : "100,002")
                        + " bytes, and 4,096 is the limit: '"))
            #expect(program.errors.utf8.count < 400)
        }
        let keys = try Program.run("render", "gqa", "--keys", String(long.prefix(5_000)))
        #expect(
            keys.errors.hasPrefix(
                "headroom: argument 4 has 5,000 bytes, and 4,096 is the limit: 'xxx"))
        let prompt = try Program.run("generate", "none.gguf", long)
        #expect(prompt.errors == "headroom: none.gguf: no such file or directory\n")
        let many = try Program.run(["models"] + Array(repeating: "a", count: 1_000))
        #expect(many.errors == "headroom: there are 1,001 arguments, and 1,000 is the limit\n")
    }
}
