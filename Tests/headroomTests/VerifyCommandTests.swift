import Foundation
import Testing

/// A file that PyTorch saved, made by the script beside it.
private func fixture(_ name: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Fixtures/\(name).safetensors").path
}

@Suite("headroom verify")
struct VerifyCommandTests {
    @Test("PyTorch's own attention matches, with status 0 and what was checked")
    func matches() throws {
        let program = try Program.run("verify", fixture("right-f32-causal"), "--causal")
        #expect(program.errors == "")
        #expect(program.status == 0)
        #expect(
            program.lines.prefix(4) == [
                "Matches: every number of out is right.", "",
                "  attention  GQA: 6 query heads on 3 K/V, 2 query heads each",
                "  sizes      batch 1, 4 queries on 7 keys, width 8, causal mask",
            ])
        #expect(
            program.lines.suffix(2) == [
                "  allowed    0.0001 of the values' size, and rounding to F32", "",
            ])
        #expect(program.lines[4].hasPrefix("  error      at most "))
    }

    @Test(
        "PyTorch's own attention matches in 16 bits, with what such a file cannot show",
        arguments: [
            (
                "right-bf16", "  attention  MQA: 4 query heads on 1 K/V, 4 query heads each",
                [
                    "",
                    "This file cannot show, since out would be the same: whether heads are repeated",
                    "or tiled (g = 1, there is only one); whether the scale is off by 1 % or less;",
                    "whether scores are capped at 20 or more.", "",
                ]
            ),
            (
                "right-f16-batch", "  attention  GQA: 4 query heads on 2 K/V, 2 query heads each",
                [
                    "  allowed    0.0001 of the values' size, and rounding to F16, inside too", "",
                    "Inside, weights were kept in F16, which is usual.", "",
                    "This file cannot show, since out would be the same: whether scores are capped at",
                    "50 or more.", "",
                ]
            ),
        ] as [(String, String, [String])])
    func sixteenBits(name: String, attention: String, end: [String]) throws {
        let program = try Program.run("verify", fixture(name))
        #expect(program.status == 0)
        #expect(program.lines[2] == attention)
        #expect(Array(program.lines.suffix(end.count)) == end)
    }

    @Test("A mistake is named, explained and located, with status 1")
    func mistake() throws {
        let program = try Program.run("verify", fixture("tiled"))
        #expect(program.errors == "")
        #expect(program.status == 1)
        #expect(
            program.lines == [
                "Does not match: the K/V heads are tiled, not repeated.", "",
                "Query head i read K/V head i mod 2; it should read K/V head i / 4, so that the",
                "heads of a group are neighbours. In PyTorch k and v must be repeated with",
                "repeat_interleave(4, dim=-3); repeat, tile and expand in front tile them.",
                "",
                "  attention  GQA: 8 query heads on 2 K/V, 4 query heads each",
                "  sizes      batch 1, 3 queries on 6 keys, width 4, no mask",
                "  wrong      48 of 96 numbers",
                "  first      head 1, query 0, coordinate 0",
                "             out 0.03610363, expected 0.3187416",
                "  error      at most 1.61, at head 4, query 1, coordinate 2",
                "             out 0.8670247, expected -0.7387707",
                "  allowed    0.0001 of the values' size, and rounding to F32", "",
            ])
    }

    @Test("Two mistakes are named together, and a tolerance that forgives them tells nothing")
    func twoMistakes() throws {
        let program = try Program.run("verify", fixture("no-scale"), "--causal")
        #expect(program.status == 1)
        #expect(
            program.lines[0]
                == "Does not match. Two mistakes together: the scale is missing; the causal mask is"
        )
        let tolerant = try Program.run(
            "verify", fixture("no-scale"), "--causal", "--tolerance", "100")
        #expect(tolerant.status == 1)
        #expect(tolerant.lines[0] == "Too small to tell: zeros would be right, too.")
    }

    @Test("The JSON has exactly its documented form")
    func json() throws {
        let program = try Program.run("verify", fixture("no-scale"), "--json")
        #expect(program.errors == "")
        #expect(program.status == 1)
        let number = #"-?[0-9.]+(e-[0-9]+)?"#
        let difference =
            #"\{"error":\#(number),"batch":0,"head":[0-3],"query":[0-2],"coordinate":[0-3],"#
            + #""out":\#(number),"expected":\#(number)\}"#
        let form = try Regex(
            #"\{"matches":false,"verdict":"mismatch","form":"heads","layout":"\[n, t, h\]","#
                + #""out_layout":"\[n, t, h\]","attention":"GQA","query_heads":4,"kv_heads":2,"#
                + #""head_dim":4,"value_dim":4,"batch":1,"query_tokens":3,"tokens":6,"#
                + #""causal":false,"dtype":"F64","tolerance":0\.0001,"numbers":48,"#
                + #""wrong_numbers":48,"largest_error":\#(difference),"first_wrong":\#(difference),"#
                + #""explanations":\[\["scale-missing"\]\],"certain":true,"remarks":\[\],"cannot_show":\[\],"#
                + #""search_complete":true\}\n"#)
        #expect(try form.wholeMatch(in: program.output) != nil, "\(program.output)")
        let right = try Program.run("verify", fixture("right-bf16"), "--json")
        #expect(right.output.hasPrefix(#"{"matches":true,"verdict":"match","form":"heads","#))
        #expect(
            right.output.hasSuffix(
                #""explanations":[],"certain":true,"remarks":["Inside, weights were kept in BF16, "#
                    + #"which is usual."],"cannot_show":["heads-tiled","scale-nearly-right","#
                    + #""softcap-large"],"search_complete":true}"# + "\n"))
    }

    @Test("Usual names are known, and no line is wider than 80 columns")
    func names() throws {
        let named = try Program.run("verify", fixture("names"))
        #expect(named.status == 1 && named.errors == "")
        for arguments in [["tiled"], ["no-scale"], ["no-scale", "--causal"], ["right-bf16"]] {
            let program = try Program.run(
                ["verify", fixture(arguments[0])] + arguments.dropFirst())
            #expect(program.lines.map(\.count).max() ?? 0 <= 80, "\(arguments)")
        }
    }

    @Test(
        "Each form has an example that saves what a check reads",
        arguments: ["gqa", "mla", "decode"])
    func example(form: String) throws {
        let program = try Program.run("verify", "--example", form)
        #expect(program.status == 0 && program.errors == "")
        #expect(program.lines.map(\.count).max() ?? 0 <= 80)
        #expect(program.output.contains("headroom verify mine.safetensors"))
        #expect(program.output.contains(#"raise NotImplementedError("write me")"#))
        #expect(program.output.contains(#""out": "#))
    }

    @Test("A watched file is checked again when it was saved, whole")
    func watched() throws {
        let folder = try TestFolder()
        let program = try Program.shell(
            """
            cd '\(folder.url.path)'
            cp '\(fixture("tiled"))' mine.safetensors
            "$headroom" verify mine.safetensors --watch > out 2> errors & pid=$!
            wait_for() { for i in $(seq 300); do grep -q "$1" "$2" && return; sleep 0.1; done; }
            wait_for 'Does not match' out
            head -c 700 '\(fixture("right-f16-batch"))' > mine.safetensors
            wait_for mine.safetensors errors
            cp '\(fixture("right-f16-batch"))' mine.safetensors
            wait_for Matches out
            kill $pid
            cat out
            """)
        let verdicts = program.lines.filter {
            $0.hasPrefix("Does not match") || $0.hasPrefix("Matches")
        }
        #expect(
            verdicts == [
                "Does not match: the K/V heads are tiled, not repeated.",
                "Matches: every number of out is right.",
            ])
    }

    @Test("Bad arguments are one line with status 64")
    func badArguments() throws {
        for (arguments, message) in [
            (["--tolerance", "-1"], "--tolerance: '-1' is not a number of 0 or more"),
            (["--tolerance", "nan"], "--tolerance: 'nan' is not a number of 0 or more"),
            (["--tolerance", "small"], "--tolerance: 'small' is not a number of 0 or more"),
            (["--heads", "0"], "--heads: '0' is not a whole number of 1 or more"),
            (["--rope-layout", "x"], "--rope-layout: 'x' is not pairs or halves"),
            (["--rope-base", "1"], "--rope-base: '1' is not a number above 1"),
            (["--scale", "0"], "--scale: '0' is not a number other than 0"),
            (["--example", "gqa"], "--example prints a file, and checks none"),
            (["--example", "mha"], "--example: 'mha' is not gqa, mla or decode"),
            (["--decode", "--causal"], "--decode is always causal: leave --causal out"),
            (["more"], "unexpected argument 'more'"),
        ] {
            let program = try Program.run(["verify", fixture("tiled")] + arguments)
            #expect(program.errors == "headroom: \(message)\n")
            #expect(program.output == "" && program.status == 64)
        }
        for option in [["--watch"], ["--json"], ["--causal"], ["--heads", "4"]] {
            let program = try Program.run(["verify", "--example", "gqa"] + option)
            #expect(program.errors == "headroom: --example prints a file, and checks none\n")
            #expect(program.output == "" && program.status == 64)
        }
        let program = try Program.run("verify")
        #expect(program.errors == "headroom: missing expected argument 'FILE'\n")
        #expect(program.status == 64)
    }
}

@Suite("headroom verify, of a file that is not what it should be")
struct VerifyFileTests {
    private let folder: TestFolder

    init() throws { folder = try TestFolder() }

    private func file(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
        let url = folder.url.appendingPathComponent(name)
        try Data(bytes).write(to: url)
        return url.path
    }

    private func run(_ path: String, _ arguments: String...) throws -> Program {
        try Program.run(["verify", path] + arguments)
    }

    @Test("What cannot be opened is one line with status 66, and nothing is waited for")
    func unopened() throws {
        let pipe = folder.url.appendingPathComponent("pipe").path
        #expect(mkfifo(pipe, 0o600) == 0)
        for (path, message) in [
            (folder.url.path + "/none", "no such file or directory"),
            (folder.url.path, "is a folder"), (pipe, "is not a regular file"),
            ("/dev/zero", "is not a regular file"),
        ] {
            let program = try run(path)
            #expect(program.errors == "headroom: \(path): \(message)\n")
            #expect(program.output == "" && program.status == 66)
        }
    }

    @Test("What is asked for and has no effect on the file is one line with status 65")
    func withoutEffect() throws {
        let path = fixture("tiled")
        for (arguments, name) in [
            (["--nope", "4"], "--nope"), (["--rope-layout", "halves"], "--rope-layout"),
        ] {
            let program = try Program.run(["verify", path] + arguments)
            #expect(
                program.errors
                    == "headroom: \(path): holds no MLA: leave \(name) out, which is for MLA\n")
            #expect(program.output == "" && program.status == 65)
        }
    }

    @Test("A header of a gigabyte is not believed")
    func giantHeader() throws {
        let path = try file("giant", [0, 0, 0, 0x40, 0, 0, 0, 0, 0x7B])
        let program = try run(path)
        #expect(
            program.errors == "headroom: \(path): is not a safetensors file: its header would be "
                + "1073741824 bytes long, and 100000000 is the most\n")
        #expect(program.output == "" && program.status == 65)
    }

    @Test("A name in the file or on the command line commands no terminal")
    func controlCharacters() throws {
        let header = #"{"\u001b[2J\u202e":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}"#
        let path = try file(
            "na\u{1b}[31mme\n",
            [UInt8(header.utf8.count), 0, 0, 0, 0, 0, 0, 0]
                + header.utf8)
        let program = try run(path)
        #expect(
            program.errors
                == "headroom: \(folder.url.path)/na\u{FFFD}[31mme\u{FFFD}: has no 'q', 'k', 'v', "
                + "'out'; it has '\u{FFFD}[2J\u{FFFD}'\n")
        #expect(program.status == 65)
    }

    @Test("A file that holds NaN in v is one line that says where, with status 65")
    func notNumber() throws {
        var bytes = try Data(contentsOf: URL(fileURLWithPath: fixture("tiled")))
        // The last numbers are those of v, the last name in the writer's order.
        bytes.replaceSubrange(bytes.count - 4..<bytes.count, with: [0, 0, 0xC0, 0x7F])
        let path = try file("nan", bytes)
        let program = try run(path, "--json")
        #expect(program.errors == "headroom: \(path): holds NaN in v at [1, 5, 3]\n")
        #expect(program.output == "" && program.status == 65)
    }

    @Test("A real file cut off anywhere, or with a byte changed, ends in a report or in one line")
    func mutated() throws {
        let whole = try Data(contentsOf: URL(fileURLWithPath: fixture("right-f32-causal")))
        for place in stride(from: 0, to: whole.count, by: whole.count / 12) {
            var changed = whole
            changed[place] ^= 0x55
            for (name, bytes) in [("cut", whole.prefix(place)), ("changed", changed)] {
                let program = try run(try file(name, bytes), "--causal")
                #expect([0, 1, 65].contains(program.status), "\(name) \(place)")
                #expect((program.status == 65) == program.output.isEmpty)
                let lines = program.errors.split(separator: "\n").count
                #expect(lines == (program.status == 65 ? 1 : 0))
            }
        }
    }
}
