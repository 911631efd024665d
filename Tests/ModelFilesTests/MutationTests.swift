import AttentionEngine
import ModelCatalog
import ModelFiles
import TestSupport
import Testing

@Suite("Files with mistakes in them")
struct MutationTests {
    /// A shape that was read can be asked everything; what is wrong is one printable line.
    private func use(_ read: () throws -> ModelShape, _ note: String) {
        do {
            let shape = try read()
            for tokens in [1, 1 << 40] {
                for format in [CacheFormat.f32, .q8, .fp8Latent] {
                    guard let load = try? CacheLoad(tokens: tokens, batch: 3, format: format)
                    else { continue }
                    for engine in ServingEngine.all {
                        guard let needed = try? shape.stack.needed(load),
                            let plan = try? engine.plan(
                                shape.kept, load, budget: ByteCount(80_000_000_000))
                        else { continue }
                        #expect(needed <= plan.total || shape.rebuilt != nil, "\(note)")
                    }
                    _ = try? ServingPlan(
                        shape: shape, load: load, gpus: 8, memory: ByteCount(80_000_000_000))
                    let rules = Derivation.Rules(tokens: "", batch: "", format: "")
                    _ = try? Derivation(shape, load, rules: rules)
                }
            }
            #expect(shape.stack.layers > 0, "\(note)")
        } catch {
            let text = "\(error)"
            #expect(error is FileProblem, "\(note): \(text)")
            #expect(!text.isEmpty && !text.contains { $0.isNewline }, "\(note): \(text)")
        }
    }

    private static let strange: [JSONValue] = [
        .null, .bool(true), .bool(false), 0, 1, -1, 7, .int(.max), .int(.min), 65_537,
        1_000_000_000, .double(0.5), .double(-1e300), "", "8", "full_attention", .array([]),
        .array([1, 2]), .object([:]), .object(["kv_n_heads": 3]),
    ]

    private func mutated(_ value: JSONValue, _ random: inout SplitMix) -> JSONValue {
        switch value {
        case .object(var members):
            guard let key = members.keys.sorted().randomElement(using: &random) else {
                return value
            }
            switch Int.random(in: 0..<4, using: &random) {
            case 0: members[key] = nil
            case 1: members[key] = Self.strange.randomElement(using: &random)
            default: members[key] = mutated(members[key] ?? .null, &random)
            }
            return .object(members)
        case .array(var items):
            guard let index = items.indices.randomElement(using: &random) else { return value }
            if Bool.random(using: &random) {
                items.remove(at: index)
            } else {
                items[index] = mutated(items[index], &random)
            }
            return .array(items)
        case .int(let number) where Bool.random(using: &random):
            return .int(
                [number &+ 1, number &* 2, number / 2, 0 &- number].randomElement(using: &random)
                    ?? 0)
        default: return Self.strange.randomElement(using: &random) ?? .null
        }
    }

    @Test(
        "a config.json with changed fields is read or refused in one line",
        arguments: 0..<SlowTests.extent(2, of: 8))
    func configs(seed: Int) throws {
        var random = SplitMix(state: UInt64(seed))
        for facts in ModelFacts.all {
            for _ in 0..<4 {
                var value = try JSONValue(parsing: facts.config)
                for _ in 0...Int.random(in: 0..<4, using: &random) {
                    value = mutated(value, &random)
                }
                use({ try ConfigFile.shape(of: value, name: "file") }, "\(facts.id) \(seed)")
            }
        }
    }

    @Test(
        "a config.json with changed bytes is read or refused in one line",
        arguments: 0..<SlowTests.extent(1, of: 4))
    func configBytes(seed: Int) {
        var random = SplitMix(state: UInt64(seed) + 100)
        for facts in ModelFacts.all {
            for _ in 0..<8 {
                var bytes = facts.config
                change(&bytes, &random)
                use(
                    { try ConfigFile.shape(reading: FileBytes(bytes), name: "file") },
                    "\(facts.id) \(seed)")
            }
        }
    }

    @Test(
        "a GGUF header with changed bytes is read or refused in one line",
        arguments: 0..<SlowTests.extent(2, of: 8))
    func headers(seed: Int) {
        var random = SplitMix(state: UInt64(seed) + 200)
        for facts in ModelFacts.all {
            for _ in 0..<8 {
                var writer = facts.gguf
                writer.isBigEndian = Bool.random(using: &random)
                var bytes = writer.bytes
                change(&bytes, &random)
                use(
                    {
                        let header = try GGUFHeader(reading: FileBytes(bytes))
                        return try GGUFModel.shape(of: header, name: "file")
                    }, "\(facts.id) \(seed)")
            }
        }
    }

    @Test("every beginning of a file that is not whole is refused")
    func prefixes() throws {
        let facts = try #require(ModelFacts.all.first { $0.id == "gemma4-31b" })
        var writer = facts.gguf
        writer.tensors = []
        for bytes in [writer.bytes, facts.config] {
            // Every length, or a evenly spread part of them; the last bytes always.
            let step = SlowTests.extent(7, of: 1)
            for length in 0..<bytes.count where length % step == 0 || length > bytes.count - 20 {
                let start = Array(bytes.prefix(length))
                #expect(throws: FileProblem.self) {
                    try bytes[0] == UInt8(ascii: "G")
                        ? GGUFModel.shape(of: GGUFHeader(reading: FileBytes(start)), name: "file")
                        : ConfigFile.shape(of: JSONValue(parsing: start), name: "file")
                }
            }
        }
    }

    private func change(_ bytes: inout [UInt8], _ random: inout SplitMix) {
        for _ in 0...Int.random(in: 0..<4, using: &random) {
            let index = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 2: bytes.remove(at: index)
            default: bytes.insert(UInt8.random(in: 0...255, using: &random), at: index)
            }
            if bytes.isEmpty { return }
        }
    }
}
