import Foundation
import Testing

@Suite("headroom models")
struct ModelsCommandTests {
    @Test("Every model is a row, no line is wider than 80 columns, and doubts have footnotes")
    func table() throws {
        let program = try Program.run("models")
        let rows = program.lines.prefix { !$0.isEmpty }
        #expect(rows.count == 108)
        #expect(program.lines.map(\.count).max() == 80)
        let marked = rows.filter { $0.hasSuffix("*") }.map { $0.prefix { $0 != " " } }
        let footnotes = program.lines.filter { $0.hasPrefix("* ") }
            .map { $0.dropFirst(2).prefix { $0 != ":" } }
        #expect(marked == footnotes)
        #expect(program.errors == "")
    }

    @Test("A search shows what it finds, in columns no wider than needed")
    func search() throws {
        let program = try Program.run("models", "yi")
        #expect(
            program.output == """
                id      name    kind layers g x n/g width   GiB
                yi-34b  Yi-34B  GQA      60   8 x 7   128 7.500
                yi-6b   Yi-6B   GQA      32   4 x 8   128 2.000*

                g x n/g: K/V heads x query heads on each; for MLA the latent + rotary width.
                width: numbers per head. GiB: cache of one sequence of 32,768 tokens, 2 bytes
                per number.
                * yi-6b: The K/V heads are inferred from a logged cache.

                """)
    }

    @Test("Words of a search may stand apart")
    func words() throws {
        let program = try Program.run("models", "llama", "70b")
        #expect(
            program.lines.prefix { !$0.isEmpty }.map { $0.prefix { $0 != " " } } == [
                "id", "llama2-70b", "llama3-70b", "llama3.1-70b", "llama3.3-70b",
            ])
    }

    @Test("JSON is an array of whole models")
    func json() throws {
        let program = try Program.run("models", "falcon-7b", "--json")
        #expect(
            program.output
                == #"[{"id":"falcon-7b","name":"Falcon-7B","kind":"MQA","layers":32,"#
                + #""query_heads":71,"kv_heads":1,"head_dim":64,"hidden_size":4544,"#
                + #""max_tokens":2048,"native_format":"bf16","parameters":"7B","#
                + #""numbers_per_token":4096,"bytes_per_token":8192,"bytes_at_32768":268435456,"#
                + #""sources":["vllm-project/vllm:tests/config/base_model_arch_groundtruth.json@"#
                + #"1ac8cdb4c760","Lightning-AI/litgpt:litgpt/config.py@26857050fe3f"],"#
                + #""notes":["The file says multi_query instead of a number of K/V heads.","#
                + #""71 is prime: only 1 and 71 K/V heads are legal."],"doubts":[]}]"# + "\n")
        let all = try JSONSerialization.jsonObject(
            with: Data(try Program.run("models", "--json").output.utf8))
        #expect((all as? [[String: Any]])?.count == 107)
    }

    @Test("A search without a hit is one line")
    func noHit() throws {
        let program = try Program.run("models", "zebra\"")
        #expect(program.errors == "headroom: no model matches 'zebra\"'\n")
        #expect(program.errors.filter(\.isNewline).count == 1)
        #expect(program.output == "")
        #expect(program.status == 64)
        #expect(
            try Program.run("models", "llma").errors
                == "headroom: no model matches 'llma'; did you mean 'Llama'?\n")
    }

    @Test("A reader that goes away ends the program in silence")
    func closedPipe() throws {
        let program = try Program.shell(
            "for i in 1 2 3 4 5; do \"$headroom\" models --json | head -c 1; done")
        #expect(program.output == "[[[[[")
        #expect(program.errors == "")
    }
}

@Suite("The program's root")
struct RootCommandTests {
    @Test(
        "Version and help are on stdout, with examples, status 0",
        arguments: [
            ["--help"], ["memory", "--help"], ["models", "--help"], ["help", "memory"],
        ])
    func help(arguments: [String]) throws {
        let program = try Program.run(arguments)
        #expect(program.lines.contains("EXAMPLES"))
        #expect(program.lines.contains { $0.hasPrefix("  headroom m") })
        #expect(program.lines.map(\.count).max() ?? 0 <= 80)
        #expect(program.errors == "")
        #expect(program.status == 0)
    }

    @Test("The version is a number, with the commit that was built where that is known")
    func version() throws {
        let program = try Program.run("--version")
        #expect(program.output.wholeMatch(of: /0\.1\.0( \([0-9a-f]{10}\))?\n/) != nil)
        #expect(program.status == 0)
    }

    @Test("An unknown option is one line with status 64")
    func unknownOption() throws {
        let program = try Program.run("--wide")
        #expect(program.errors.hasPrefix("headroom: unknown option '--wide'"))
        #expect(program.errors.filter(\.isNewline).count == 1)
        #expect(program.output == "")
        #expect(program.status == 64)
    }
}
