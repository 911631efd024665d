import AttentionEngine
import ModelCatalog
import Testing

@Suite("What a pass asks of a machine")
struct PassCostTests {
    private static let settings = [
        "l=3,b=2,n=4,g=2,h=5,s=7,bytes=2", "l=1,b=1,n=6,g=1,h=2,s=1,bytes=4",
        "l=5,b=3,n=4,g=4,h=3,s=9,bytes=1,wl=2,w=4", "l=2,b=2,n=3,g=3,h=4,s=6,bytes=2,c=7,r=2",
        "l=4,b=1,n=2,g=1,h=3,s=3,bytes=2,wl=3,w=8",
    ]

    /// Multiplications for scores and mixing, one after the other: every head of every layer for
    /// each token and each that it meets.
    private func multiplications(_ setting: CacheSetting, _ work: PassCost.Work) -> Int {
        var count = 0
        for layer in 0..<setting.layers {
            let isNarrow = layer < setting.windowed?.layers ?? 0
            for _ in 0..<setting.batch {
                for token in work == .writing ? setting.tokens...setting.tokens : 1...setting.tokens
                {
                    let met = isNarrow ? min(setting.windowed?.window ?? 0, token) : token
                    for _ in 0..<met {
                        for _ in 0..<setting.queryHeads {
                            let (c, r) = (
                                setting.latent?.latentRank, setting.latent?.rotaryDimension
                            )
                            let value =
                                work == .writing
                                ? c ?? setting.headDimension
                                : setting.headDimension
                            // The score, with the key for the position, and the mixing.
                            count += value + (r ?? 0)
                            count += value
                        }
                    }
                }
            }
        }
        return count
    }

    @Test("counts every multiplication for scores and mixing as two", arguments: settings)
    func operations(text: String) throws {
        let setting = try CacheSetting(text: text)
        for work in [PassCost.Work.writing, .reading] {
            let pass = PassCost(setting, work)
            #expect(pass.operations == Double(2 * multiplications(setting, work)))
            #expect(pass.weightBytes == 0)
            #expect(pass.tokens == Double(setting.batch * (work == .writing ? 1 : setting.tokens)))
        }
    }

    @Test("agrees with the engine's counts, and reads the cache that it sizes", arguments: settings)
    func engine(text: String) throws {
        let setting = try CacheSetting(text: text)
        let (report, pass) = (MemoryReport(setting), PassCost(setting, .writing))
        guard let step = LatentStep(setting), let widths = setting.latent else {
            #expect(pass.operations == 2 * report.attentionMultiplications)
            #expect(pass.cacheBytes == Double(try #require(report[.gqa]).size.bytes))
            return
        }
        // The engine's count has the query and the mix taken through the weights, too.
        let folded = 2 * setting.queryHeads * setting.headDimension * widths.latentRank
        let own = step.multiplications(.absorbed) - Double(folded)
        #expect(pass.operations == 2 * own * Double(setting.layers * setting.batch))
        #expect(pass.cacheBytes == Double(try #require(report[.mla]).size.bytes))
    }

    @Test("reads weights once for all texts, and computes with them for each token")
    func weights() throws {
        let model = try #require(Catalog.model(id: "llama3-8b"))
        let count = try #require(model.parameterCount)
        #expect(count == 8_030_000_000)
        let size = try #require(model.shape.weights?.size)
        for batch in [1, 16] {
            let setting = try #require(try model.setting(tokens: 8192, batch: batch))
            let (alone, whole) = (
                PassCost(setting, .writing), PassCost(setting, .writing, weights: (count, size))
            )
            #expect(whole.weightBytes == 16_060_000_000)
            #expect(whole.operations - alone.operations == 16_060_000_000 * Double(batch))
            let read = PassCost(setting, .reading, weights: (count, size))
            #expect(read.weightBytes == whole.weightBytes)
            let all = PassCost(setting, .reading)
            #expect(read.operations - all.operations == 16_060_000_000 * Double(batch) * 8192)
        }
    }

    @Test("takes the longer of reading and computing")
    func times() throws {
        let pass = PassCost(try CacheSetting(text: "l=1,b=1,n=2,g=1,h=4,s=8,bytes=2"), .writing)
        #expect(pass.cacheBytes == 128)
        #expect(pass.operations == 256)
        let slow = pass.times(at: MachineSpeeds(bytesPerSecond: 64, operationsPerSecond: 512))
        #expect(slow.whole == 2 && slow.waitsForMemory && slow.computing == 0.5)
        let fast = pass.times(at: MachineSpeeds(bytesPerSecond: 640, operationsPerSecond: 512))
        #expect(fast.whole == 0.5 && !fast.waitsForMemory && fast.reading == 0.2)
    }

    @Test("knows machines by one word each, whose speeds are those of the facts")
    func machines() {
        #expect(Set(Accelerator.all.map(\.name)).count == Accelerator.all.count)
        for machine in Accelerator.all {
            #expect(machine.name.allSatisfy { $0.isLetter || $0.isNumber })
        }
        let facts = [
            ("NVIDIA L4", 24, 0.30, 121), ("NVIDIA RTX 4090", 24, 1.01, 165),
            ("NVIDIA A100 SXM", 80, 2.0, 312), ("NVIDIA H100 SXM", 80, 3.35, 989),
            ("NVIDIA H200", 141, 4.8, 989), ("NVIDIA B200", 192, 8.0, 2_250),
            ("AMD MI300X", 192, 5.3, 1_307),
        ]
        #expect(Accelerator.all.map(\.fullName) == facts.map(\.0))
        for (machine, fact) in zip(Accelerator.all, facts) {
            #expect(machine.memory.bytes == fact.1 * 1_000_000_000, "\(fact.0)")
            #expect(machine.speeds.bytesPerSecond == fact.2 * 1e12, "\(fact.0)")
            #expect(machine.speeds.operationsPerSecond == Double(fact.3) * 1e12, "\(fact.0)")
        }
    }

    @Test("knows which models use some of their weights only")
    func experts() {
        #expect(Catalog.model(id: "deepseek-v3")?.usesSomeWeights == true)
        #expect(Catalog.model(id: "llama3-8b")?.usesSomeWeights == false)
    }
}
