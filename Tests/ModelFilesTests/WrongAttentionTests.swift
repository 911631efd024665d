import AttentionEngine
import Foundation
import ModelFiles
import TestSupport
import Testing

/// The files that make_attention_fixtures.py wrote: inputs, and the outs of programs over them.
private struct Programs {
    /// "heads-square-1".
    let name: String
    private let file: SafeTensors

    init(_ name: String) throws {
        self.name = name
        let url = Self.folder.appendingPathComponent("\(name).safetensors")
        file = try SafeTensors(FileBytes([UInt8](Data(contentsOf: url))))
    }

    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Fixtures/Attentions")

    /// "causal/heads-tiled#2", without what goes in.
    var all: [String] {
        let kinds = ["plain", "causal", "decode", "core", "whole"]
        let inputs = [
            "q_nope", "q_rope", "latent", "k_rope", "w_uk", "w_uv", "x", "q_proj",
            "q_a_proj", "q_a_layernorm", "q_b_proj", "kv_a_proj_with_mqa", "kv_a_layernorm",
            "kv_b_proj", "o_proj",
        ]
        return file.tensors.keys.filter { name in
            let parts = name.split(separator: "/")
            return parts.count == 2 && kinds.contains(String(parts[0]))
                && !inputs.contains(String(parts[1]))
        }.sorted()
    }

    /// What is said of a program's out, some of it changed.
    func report(
        _ program: String, _ change: (@Sendable (Int, Double) -> Double)? = nil,
        adding others: [String: String] = [:],
        options: VerificationOptions = VerificationOptions()
    ) throws -> AttentionVerification {
        let kind = String(program.split(separator: "/")[0])
        var parts = ["out": program]
        for name in file.tensors.keys {
            let isOfKind = name.hasPrefix("\(kind)/") && kind == "core" || kind == "whole"
            if !name.contains("/"), kind != "core", kind != "whole" { parts[name] = name }
            if isOfKind, name.hasPrefix("\(kind)/") {
                parts[String(name.dropFirst(kind.utf8.count + 1))] = name
            }
        }
        parts.merge(others) { $1 }
        let saved = parts
        let tensors = saved.compactMapValues { name in
            file.tensors[name].map {
                AttentionRecord.Tensor(shape: $0.shape, format: .float32)
            }
        }
        let record = AttentionRecord(tensors) { (name, range) throws(VerificationProblem) in
            guard let tensor = saved[name].flatMap({ file.tensors[$0] }) else { return [] }
            do throws(FileProblem) {
                let numbers = try file.numbers(of: tensor, in: range)
                guard name == "out", let change else { return numbers }
                return numbers.enumerated().map { change(range.lowerBound + $0, $1) }
            } catch { throw VerificationProblem(error.description) }
        }
        var options = options
        options.causal = options.causal || kind == "causal"
        options.isDecoding = options.isDecoding || kind == "decode"
        return try AttentionVerification(record, options)
    }

    /// Names of mistakes that a program was made with, without the number behind them.
    static func mistakes(_ program: String) -> Set<String> {
        let name = program.split(separator: "/")[1].split(separator: "#")[0]
        return Set(name.split(separator: "+").map(String.init))
    }
}

/// Files whose tensors are "FORMAT/q", and "FORMAT/WAY" for an out, as [n, t, h] or [b, n, t, h].
private struct RightPrograms {
    private let file: SafeTensors

    init(_ name: String) throws {
        let url = Programs.folder.appendingPathComponent("\(name).safetensors")
        file = try SafeTensors(FileBytes([UInt8](Data(contentsOf: url))))
    }

    enum Layout: CaseIterable {
        case tokensInside, tokensFirst, merged, tokensInsideOfBatch, tokensFirstOfBatch
        case mergedOfBatch

        var keepsBatch: Bool {
            [.tokensInsideOfBatch, .tokensFirstOfBatch, .mergedOfBatch].contains(self)
        }
    }

    /// "float16/eager".
    var all: [String] {
        file.tensors.keys.filter { !["q", "k", "v"].contains($0.split(separator: "/")[1]) }.sorted()
    }

    /// What is said of a program's out, laid out otherwise; nil where a batch has to be there.
    func report(_ program: String, _ layout: Layout) throws -> AttentionVerification? {
        let format = program.split(separator: "/")[0]
        let formats: [String: FloatFormat] = [
            "F64": .float64, "F32": .float32, "F16": .float16, "BF16": .bfloat16,
            "F8_E4M3": .float8e4m3, "F8_E5M2": .float8e5m2,
        ]
        var tensors: [String: AttentionRecord.Tensor] = [:]
        var numbers: [String: [Double]] = [:]
        var heads = 0
        for (part, name) in [
            ("q", "\(format)/q"), ("k", "\(format)/k"), ("v", "\(format)/v"), ("out", program),
        ] {
            let tensor = try #require(file.tensors[name])
            let shape = tensor.shape
            let (b, n, t, h) = (
                shape.count == 4 ? shape[0] : 1, shape[shape.count - 3], shape[shape.count - 2],
                shape[shape.count - 1]
            )
            if b > 1, !layout.keepsBatch { return nil }
            if part == "q" { heads = n }
            let all = try file.numbers(of: tensor, in: 0..<b * n * t * h)
            func row(_ b: Int, _ i: Int, _ t: Int, _ tokens: Int) -> ArraySlice<Double> {
                let start = ((b * n + i) * tokens + t) * h
                return all[start..<start + h]
            }
            let (laid, rest): ([Double], [Int]) =
                switch layout {
                case .tokensInside, .tokensInsideOfBatch: (all, [n, t, h])
                case .tokensFirst, .tokensFirstOfBatch, .merged, .mergedOfBatch:
                    (
                        (0..<b).flatMap { b in
                            (0..<t).flatMap { place in
                                (0..<n).flatMap { row(b, $0, place, t) }
                            }
                        },
                        layout == .tokensFirst || layout == .tokensFirstOfBatch
                            ? [t, n, h] : [t, n * h]
                    )
                }
            numbers[part] = laid
            tensors[part] = AttentionRecord.Tensor(
                shape: (layout.keepsBatch ? [b] : []) + rest,
                format: try #require(formats[tensor.type]))
        }
        var options = VerificationOptions()
        (options.causal, options.heads) = (true, heads)
        let saved = numbers
        let record = AttentionRecord(tensors) { (name, range) throws(VerificationProblem) in
            Array((saved[name] ?? [])[range])
        }
        return try AttentionVerification(record, options)
    }
}

@Suite("Programs in Python, right and with a mistake or two")
struct WrongAttentionTests {
    private static let files: [String] = {
        let shapes = [
            "heads-square", "heads-wide", "heads-batch", "decode-small", "decode-wide",
            "decode-mqa", "mla-small", "mla-other", "mla-equal",
            "mla-model", "mla-compressed",
        ]
        let seeds = SlowTests.extent([1], of: [1, 2, 3])
        return seeds.flatMap { seed in shapes.map { "\($0)-\(seed)" } }
    }()

    @Test("are told from each other: no right one rejected, no wrong one accepted, most named")
    func named() throws {
        var (count, named) = (0, 0)
        var rejected: [String] = []
        var accepted: [String] = []
        var unnamed: [String] = []
        for name in Self.files {
            let programs = try Programs(name)
            for program in programs.all {
                let report = try programs.report(program)
                let mistakes = Programs.mistakes(program)
                if mistakes.contains(where: { $0.hasPrefix("right-") }) {
                    if !report.isMatch { rejected.append("\(name) \(program)") }
                    continue
                }
                if report.wrongNumbers == 0 {
                    // What no number tells is no mistake of this file.
                    continue
                }
                count += 1
                if report.isMatch { accepted.append("\(name) \(program)") }
                if report.explanations.contains(where: { Set($0.map(\.id)) == mistakes }) {
                    named += 1
                } else {
                    let found = report.explanations.prefix(3).map {
                        $0.map(\.id).joined(separator: "+")
                    }
                    unnamed.append("\(name) \(program): \(found)")
                }
            }
        }
        print("\(named) of \(count) wrong programs are named")
        #expect(rejected == [])
        #expect(accepted == [])
        #expect(Double(named) >= 0.95 * Double(count), "\(unnamed.joined(separator: "\n"))")
        if !unnamed.isEmpty { print(unnamed.joined(separator: "\n")) }
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
        for (name, mistake) in [
            ("right", nil), ("right-left", nil), ("padding-ignored", "padding-ignored"),
            ("padding-inverted", "padding-inverted"),
        ] {
            let url = Programs.folder.appendingPathComponent("padding-\(name).safetensors")
            var options = VerificationOptions()
            options.causal = true
            let report = try AttentionVerification(
                AttentionRecord(SafeTensors(FileBytes([UInt8](Data(contentsOf: url))))), options)
            #expect(report.isMatch == (mistake == nil), "\(name)")
            #expect(report.explanations.map { $0.map(\.id) } == (mistake.map { [[$0]] } ?? []))
        }
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
