import AttentionEngine
import ModelFiles
import TestSupport
import Testing

@Suite("A safetensors file that was changed at random")
struct MutatedTensorsTests {
    /// An attention of two query heads on one K/V head.
    private static let sound = SafeTensorsFile([
        (name: "q", shape: [2, 2, 2], numbers: [1, 0, 0, 1, 1, 1, 0, 0]),
        (name: "k", shape: [1, 2, 2], numbers: [1, 0, 0, 1]),
        (name: "v", shape: [1, 2, 2], numbers: [1, 2, 3, 4]),
        (name: "out", shape: [2, 2, 2], numbers: [1, 2, 3, 4, 2, 3, 2, 3]),
    ])

    private static let words = [
        "0", "1", "9", "-", "99999999999999999999", "9223372036854775807", "4294967296", "\"", "{",
        "}", "[", "]", ",", ":", "\\u0000", "null", "F16", "F64", "BF16", "NaN", " ", "q", "k",
        "1e9", "[[[[", "\u{1b}[2J",
    ]

    private func mutated(_ random: inout SplitMix) -> [UInt8] {
        var bytes = Self.sound.bytes
        let headerEnd = 8 + Self.sound.header.utf8.count
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let end = bytes.count
            let place = Int.random(in: 0..<max(1, min(end, headerEnd)), using: &random)
            switch Int.random(in: 0..<8, using: &random) {
            case 0: bytes = Array(bytes.prefix(place))
            case 1 where place < end: bytes[place] ^= 1 << Int.random(in: 0..<8, using: &random)
            case 2 where place < end: bytes[place] = .random(in: 0...255, using: &random)
            case 3: bytes.insert(.random(in: 0...255, using: &random), at: min(place, end))
            case 4:
                let word = Self.words.randomElement(using: &random) ?? ""
                bytes.insert(contentsOf: word.utf8, at: min(place, end))
            case 5 where place < end:
                let length = Int.random(in: 1...12, using: &random)
                bytes.removeSubrange(place..<min(end, place + length))
            case 6 where place < end:
                // A digit of a shape or an offset, so that much else stays right.
                let digits = bytes.indices.filter { (0x30...0x39).contains(bytes[$0]) }
                if let digit = digits.filter({ $0 >= 8 }).randomElement(using: &random) {
                    bytes[digit] = .random(in: 0x30...0x39, using: &random)
                }
            case 7 where end > headerEnd + 4:
                // A number of the data, perhaps none any more.
                let byte = Int.random(in: headerEnd..<end, using: &random)
                bytes[byte] = [0, 0x7F, 0x80, 0xFF].randomElement(using: &random) ?? 0
            default: bytes += [0]
            }
        }
        guard Bool.random(using: &random), bytes.count > 8 else { return bytes }
        // The length made true again, as if the header had been written so.
        let change = bytes.count - Self.sound.bytes.count
        let length = Self.sound.header.utf8.count + change
        for index in 0..<8 { bytes[index] = UInt8(truncatingIfNeeded: length >> (8 * index)) }
        return bytes
    }

    /// What a checked file ends in: a report, or one line.
    private enum Outcome: Hashable { case match, mismatch, problem }

    private func outcome(of bytes: [UInt8]) -> (Outcome, line: String) {
        do throws(FileProblem) {
            let record = try AttentionRecord(SafeTensors(FileBytes(bytes)))
            let report = try reportingProblems { () throws(VerificationProblem) in
                try AttentionVerification(record, VerificationOptions())
            }
            return (report.isMatch ? .match : .mismatch, "")
        } catch { return (.problem, error.description) }
    }

    @Test("ends in a report or in one line, never in a crash, hundreds of times")
    func everyOutcome() {
        #expect(outcome(of: Self.sound.bytes).0 == .mismatch)
        var random = SplitMix(state: 7)
        var counts: [Outcome: Int] = [:]
        let times = SlowTests.extent(500, of: 6_000)
        var odd: [String] = []
        for _ in 0..<times {
            let (outcome, line) = outcome(of: mutated(&random))
            counts[outcome, default: 0] += 1
            if outcome == .problem, line.isEmpty || line.utf8.count >= 400 { odd.append(line) }
        }
        #expect(odd == [])
        // The changes reach deep enough to matter: some files are still whole.
        #expect(counts[.mismatch, default: 0] > times / 60)
        #expect(counts[.problem, default: 0] > times / 2)
    }
}

@Suite("An attention in a safetensors file")
struct AttentionInTensorsTests {
    private func problem(_ tensors: [(name: String, shape: [Int], numbers: [Float])]) -> String? {
        Result { () throws(FileProblem) in
            let record = try AttentionRecord(
                SafeTensors(FileBytes(SafeTensorsFile(tensors).bytes)))
            return try reportingProblems { () throws(VerificationProblem) in
                try AttentionVerification(record, VerificationOptions())
            }
        }.problem
    }

    @Test("is missing where its names are, and the likeliest of those present are named")
    func missingNames() {
        let one = (shape: [1, 1, 1], numbers: [Float(1)])
        func file(_ names: [String]) -> [(name: String, shape: [Int], numbers: [Float])] {
            names.map { ($0, one.shape, one.numbers) }
        }
        #expect(problem(file(["q", "k", "v", "out"])) == nil)
        for names in [
            ["Q", "K", "V", "O"], ["query", "key", "value", "output"],
            ["q_proj", "k_proj", "v_proj", "attn_output"],
            ["layers.0.self_attn.query_states", "key_states", "value_states", "out", "other"],
        ] { #expect(problem(file(names)) == nil, "\(names)") }
        #expect(problem(file(["q", "k", "v", "outs", "a"])) == "has no 'out'; it has 'outs', 'a'")
        #expect(problem(file(["q", "k", "out"])) == "has no 'v'")
        #expect(
            problem(file((0..<9).map { "layer\($0)" } + ["valuesOf"]))
                == "has no 'q', 'k', 'v', 'out'; it has 'valuesOf', 'layer0', 'layer1', 'layer2', "
                + "'layer3', 'layer4' and 4 more")
    }

    @Test("is refused by name where one of its tensors is of a type that is not read")
    func otherType() {
        var file = SafeTensorsFile([
            ("q", [1, 1, 1], [1]), ("k", [1, 1, 1], [1]), ("v", [1, 1, 1], [1]),
            ("out", [1, 1, 1], [1]),
        ])
        file.header = file.header.replacing(#""k":{"dtype":"F32""#, with: #""k":{"dtype":"I32""#)
        #expect(
            Result { () throws(FileProblem) in
                try AttentionRecord(SafeTensors(FileBytes(file.bytes)))
            }.problem == "holds 'k' as 'I32'; F64, F32, F16, BF16, F8_E4M3 and F8_E5M2 can be read")
    }
}
