import Foundation
import Testing

@Suite("headroom bench")
struct BenchCommandTests {
    private static let small = ["--heads", "6", "--head-dim", "16", "--tokens", "64"]

    @Test("The JSON has exactly its documented form, a row for every legal g")
    func json() throws {
        let program = try Program.run(["bench", "--json", "--dtype", "f32"] + Self.small)
        #expect(program.errors == "")
        #expect(program.status == 0)
        let number = #"[0-9]+\.[0-9]{3}"#
        let row = { (heads: Int) in
            #"\{"kv_heads":\#(heads),"shared_ms":\#(number),"repeated_ms":\#(number),"#
                + #""cache_bytes":\#(heads * 2 * 16 * 64 * 4),"bandwidth_floor_ms":\#(number)\}"#
        }
        let rows = [6, 3, 2, 1].map(row).joined(separator: ",")
        let form = try Regex(
            #"\{"schema":1,"inputs":\{"query_heads":6,"head_dim":16,"tokens":64,"batch":1,"#
                + #""dtype":"f32","threads":[0-9]+\},"read_bytes_per_second":[0-9]+,"#
                + #""rows":\[\#(rows)\]\}\n"#)
        #expect(try form.wholeMatch(in: program.output) != nil, "\(program.output)")
    }

    @Test("The table has a row for every legal g, and where nobody watches no bars and no progress")
    func table() throws {
        let program = try Program.run(["bench", "--threads", "1"] + Self.small)
        #expect(program.errors == "")
        #expect(program.status == 0)
        let titles = "g x n/g    cache  floor  shared  GB/s  of read  repeated    moves"
        let start = try #require(program.lines.firstIndex(of: titles))
        let rows = program.lines[(start + 1)...].prefix { !$0.isEmpty }
        #expect(
            rows.map { $0.split(separator: " ").prefix(5).joined(separator: " ") } == [
                "6 x 1 24.6 kB", "3 x 2 12.3 kB", "2 x 3 8.19 kB", "1 x 6 4.10 kB",
            ])
        #expect(program.lines.map(\.count).max() ?? 0 <= 80)
        #expect(!program.output.contains("#"))
    }

    @Test(
        "What is wrong is one line on stderr with status 64, at once and without the memory",
        arguments: [
            (["--heads", "0"], "n=0: query heads must be 1 or more"),
            (["--heads", "many"], "--heads: n=many: query heads must be a whole number"),
            (["--head-dim", "-1"], "h=-1: head width must be 1 or more"),
            (["--tokens", "0"], "s=0: tokens must be 1 or more"),
            (
                ["--tokens", "9223372036854775807"],
                "these numbers multiply to a cache of more than 1,152 petabytes"
            ),
            (["--dtype", "f16"], "--dtype: 'f16' is not one of bf16 or f32"),
            (["--threads", "0"], "--threads: '0' is not a whole number from 1 to 1024"),
            (["--threads", "two"], "--threads: 'two' is not a whole number from 1 to 1024"),
            (["now"], "unexpected argument 'now'"),
        ] as [([String], String)])
    func badArguments(arguments: [String], message: String) throws {
        let program = try Program.run(["bench"] + arguments)
        #expect(program.errors == "headroom: \(message)\n")
        #expect(program.output == "")
        #expect(program.status == 64)
    }

    @Test("A cache that this machine cannot hold is refused with what it would take")
    func tooLarge() throws {
        let program = try Program.run("bench", "--tokens", "1,000,000,000,000")
        #expect(program.output == "")
        #expect(program.status == 64)
        let form = try Regex(
            #"headroom: this takes 24\.6 PB of memory, and this machine has [0-9.]+ .B: "#
                + #"choose fewer heads or tokens\n"#)
        #expect(try form.wholeMatch(in: program.errors) != nil, "\(program.errors)")
    }
}
