import AttentionEngine
import Foundation
import ModelFiles
import TestSupport
import Testing

@Suite("Programs in Python, right and with a mistake or two")
struct WrongAttentionTests {
    private static let files: [String] = {
        let shapes = [
            "heads-square", "heads-wide", "heads-batch", "batches", "decode-small", "decode-wide",
            "decode-mqa", "mla-small", "mla-other", "mla-equal",
            "mla-model", "mla-compressed",
        ]
        let seeds = SlowTests.extent([1], of: [1, 2, 3])
        return seeds.flatMap { seed in shapes.map { "\($0)-\(seed)" } }
    }()

    /// How the programs of a file, or of several, were judged.
    private struct Tally {
        var (count, named) = (0, 0)
        var rejected: [String] = []
        var accepted: [String] = []
        var unnamed: [String] = []

        static func + (one: Self, other: Self) -> Self {
            Tally(
                count: one.count + other.count, named: one.named + other.named,
                rejected: one.rejected + other.rejected, accepted: one.accepted + other.accepted,
                unnamed: one.unnamed + other.unnamed)
        }
    }

    @Test("are told from each other: no right one rejected, no wrong one accepted, most named")
    func named() async throws {
        let tally = try await withThrowingTaskGroup(of: Tally.self) { group in
            for name in Self.files { group.addTask { try Self.tally(of: name) } }
            return try await group.reduce(Tally(), +)
        }
        print("\(tally.named) of \(tally.count) wrong programs are named")
        let unnamed = tally.unnamed.sorted().joined(separator: "\n")
        #expect(tally.count > 200)
        #expect(tally.rejected == [])
        #expect(tally.accepted == [])
        #expect(Double(tally.named) >= 0.95 * Double(tally.count), "\(unnamed)")
        if !unnamed.isEmpty { print(unnamed) }
    }

    /// Of a file's programs all, or every third.
    private static func tally(of name: String) throws -> Tally {
        let programs = try Programs(name)
        let step = SlowTests.extent(3, of: 1)
        var tally = Tally()
        for program in programs.all.enumerated().filter({ $0.offset % step == 0 }).map(\.element) {
            let report = try programs.report(program)
            let mistakes = Programs.mistakes(program)
            if mistakes.contains(where: { $0.hasPrefix("right-") }) {
                if !report.isMatch { tally.rejected.append("\(name) \(program)") }
                continue
            }
            // What no number tells is no mistake of this file.
            if report.wrongNumbers == 0 { continue }
            tally.count += 1
            if report.isMatch { tally.accepted.append("\(name) \(program)") }
            if report.explanations.contains(where: { Set($0.map(\.id)) == mistakes }) {
                tally.named += 1
            } else {
                let found = report.explanations.prefix(3).map {
                    $0.map(\.id).joined(separator: "+")
                }
                tally.unnamed.append("\(name) \(program): \(found)")
            }
        }
        return tally
    }

    @Test("are right in four formats and all layouts, in 16 bits with what was kept in them")
    func right() throws {
        let names = SlowTests.extent(
            ["wide-1"],
            of: ["wide", "batch", "mqa"].flatMap { shape in (1...3).map { "\(shape)-\($0)" } })
        var rejected: [String] = []
        var count = 0
        for name in names {
            let programs = try RightPrograms("rights-\(name)")
            for program in programs.all {
                for layout in RightPrograms.Layout.allCases {
                    guard let report = try programs.report(program, layout) else { continue }
                    count += 1
                    let isNarrow = program.contains("float16")
                    if !report.isMatch || isNarrow != (report.remarks.count == 1) {
                        rejected.append("\(name) \(program) \(layout)")
                    }
                }
            }
        }
        #expect(rejected == [])
        // 24 programs in six layouts, in three where there is a batch.
        #expect(count == SlowTests.extent(24 * 6, of: 24 * (6 + 3 + 6) * 3))
    }

    @Test("of a core whose first row is smaller are told just that, and no norm is blamed")
    func firstRow() throws {
        let programs = try Programs("mla-small-1")
        // [n, s, v] of 4 heads, 6 tokens, 5 numbers.
        let report = try programs.report("core/right-expanded") { index, number in
            index / 5 % 6 == 0 ? number * 0.7 : number
        }
        #expect(report.verdict == .differs && report.explanations == [])
        #expect(
            report.remarks == [
                "The first query, which sees one token, has in all heads 0.7 times the right numbers."
            ])
    }

    @Test("of a core with the scale of its rotary part are told it, and that d / n may be as much")
    func scaleOfRope() throws {
        let report = try Programs("mla-small-1").report("core/scale-of-rope")
        #expect(
            report.explanations.map { $0.map(\.id) } == [
                ["scale-of-rope"], ["scale-of-model-width"],
            ])
    }

    @Test("of MLA are told apart with a rotary base of any size", arguments: [1e10, 1e300])
    func hugeBases(base: Double) throws {
        var options = VerificationOptions()
        options.ropeBase = base
        let report = try Programs("mla-small-1").report("core/scale-of-rope", options: options)
        #expect(report.verdict == .differs)
    }

    @Test("of MLA may come from a loop, whose mistakes are named")
    func latentLoop() throws {
        var options = VerificationOptions()
        options.isDecoding = true
        for name in ["mla-small-1", "mla-other-1"] {
            for program in ["core/right-absorbed", "whole/right-absorbed"] {
                let report = try Programs(name).report(program, options: options)
                #expect(report.isMatch && report.isDecoding)
            }
        }
        options.isDecoding = false
        options.causal = true
        #expect(
            throws: VerificationProblem("holds MLA, which is always causal: leave --causal out")
        ) { try Programs("mla-small-1").report("core/right-expanded", options: options) }
    }

    @Test("of MLA beside a cache of keys are told that MLA has none, and its own is looked at")
    func otherCache() throws {
        let right = try Programs("mla-small-1")
        let keys = try right.report("core/right-expanded", adding: ["cache.k": "core/latent"])
        #expect(keys.isMatch && keys.remarks.count == 1)
        #expect(keys.remarks[0].hasPrefix("cache.k is not checked: MLA caches latents and rotary"))
        for (latent, names) in [
            ("core/latent", []), ("core/k_rope", [["cache-latent-size"]]),
        ] as [(String, [[String]])] {
            let report = try right.report(
                "core/right-expanded", adding: ["cache.latent": latent])
            #expect(report.explanations.map { $0.map(\.id) } == names)
        }
    }

    @Test("with padding are told from those that attend it, and its rows are not looked at")
    func paddings() throws {
        for name in ["right", "right-left"] {
            #expect(try Programs.report(of: "padding-\(name)").isMatch, "\(name)")
        }
        for name in [
            "padding-ignored", "padding-inverted", "padding-added-as-one",
            "padding-added-as-one-inverted", "padding-filled-with-zero",
            "padding-filled-with-zero#2", "padding-filled-with-number",
            "padding-filled-with-number#2", "padding-after-softmax",
        ] {
            let report = try Programs.report(of: "padding-\(name)")
            let mistake = String(name.split(separator: "#")[0])
            #expect(report.explanations.map { $0.map(\.id) } == [[mistake]], "\(name)")
        }
    }

    @Test("whose numbers are too large are told which, and of NaN alone that it may be that")
    func overflows() throws {
        for name in ["scores-in-f16", "exponentials-overflow", "exponentials-overflow#2"] {
            let report = try Programs.report(of: "overflow-\(name)")
            let mistake = String(name.split(separator: "#")[0])
            #expect(report.explanations.map { $0.map(\.id) } == [[mistake]], "\(name)")
        }
        let all = try Programs.report(of: "overflow-scores-in-f16#all")
        #expect(
            all.explanations.map { $0.map(\.id) } == [
                ["scores-in-f16"], ["exponentials-overflow"], ["out-not-numbers"],
            ])
        #expect(!all.isCertain)
    }

    @Test("of which another cause gives the same out are told both, and neither is certain")
    func equalCauses() throws {
        let latent = try Programs("mla-small-1")
        for (program, names) in [
            ("core/scale-of-nope", [["scale-of-nope"], ["scale-of-model-width"]]),
            ("core/rotary-missing", [["rotary-missing"], ["rotary-at-one-position"]]),
            ("whole/rotary-missing", [["rotary-missing"], ["rotary-at-one-position"]]),
            ("whole/sink", [["sink"], ["zero-key-attended"]]),
            ("core/norm-missing", [["norm-missing"]]),
        ] {
            let report = try latent.report(program)
            #expect(report.explanations.map { $0.map(\.id) } == names, "\(program)")
            #expect(!report.isCertain, "\(program)")
        }
        for program in ["whole/norm-missing", "whole/scale-of-nope", "whole/sink#2"] {
            #expect(try latent.report(program).isCertain, "\(program)")
        }
        let heads = try Programs("heads-wide-1").report("causal/sink")
        #expect(heads.explanations.map { $0.map(\.id) } == [["sink"], ["zero-key-attended"]])
        #expect(!heads.isCertain)
    }

    @Test("are told what rows that see nothing hold only where there are such rows")
    func emptyRows() throws {
        let names = try Programs("heads-wide-1").report("causal/mask-off-by-one-short")
            .explanations.map { $0.map(\.id) }
        #expect(names == [["mask-off-by-one-short"]])
    }

    @Test("in 8 bits, and in 16 saved as 32, are told from each other, too")
    func narrow() throws {
        let programs = try RightPrograms("narrow")
        #expect(programs.all.count == 8)
        for program in programs.all {
            let report = try #require(try programs.report(program, .tokensInside))
            let isRight = program.contains("right")
            #expect(report.isMatch == isRight, "\(program)")
            #expect(
                report.explanations.map { $0.map(\.id) } == (isRight ? [] : [["heads-tiled"]]),
                "\(program)")
            let isOfBytes = report.format == .float8e4m3 || report.format == .float8e5m2
            #expect(!isOfBytes || !report.remarks.contains { $0.contains("BF16") }, "\(program)")
            if program.hasPrefix("bfloat16-as") { #expect(report.format == .bfloat16) }
        }
    }

    @Test("are told what a layer's cache should hold, where it holds something else")
    func caches() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Programs.folder.path)
            .filter { $0.hasPrefix("cache-") }.sorted()
        #expect(names.count == 9)
        for name in names {
            let bytes = try Data(contentsOf: Programs.folder.appendingPathComponent(name))
            let report = try AttentionVerification(
                AttentionRecord(SafeTensors(FileBytes([UInt8](bytes)))), VerificationOptions())
            let mistake = String(name.dropFirst(6).dropLast(".safetensors".utf8.count))
            let isRight = mistake.hasPrefix("right")
            #expect(report.isMatch == isRight && report.form == .latentWhole)
            #expect(report.explanations.map { $0.map(\.id) } == (isRight ? [] : [[mistake]]))
        }
    }
}
