import Testing

@testable import AttentionEngine

@Suite("Outputs side by side")
struct ComparisonTests {
    @Test(
        "g = n gives MHA's outputs and g = 1 gives MQA's, computed head by head",
        arguments: [1, 2, 7, 32, 71])
    func ends(queryHeads: Int) throws {
        let all = SharingComparison(
            try AttentionShape(
                queryHeads: queryHeads, keyValueHeads: queryHeads, headDimension: 1))
        let one = SharingComparison(
            try AttentionShape(queryHeads: queryHeads, keyValueHeads: 1, headDimension: 1))
        #expect(all.fromMultiHead < 1e-6)
        #expect(one.fromMultiQuery < 1e-6)
        #expect(all.largestOutput > 0.1)
        if queryHeads > 1 {
            #expect(all.fromMultiQuery > 0.05)
            #expect(one.fromMultiHead > 0.05)
        }
    }

    @Test("between the ends outputs are those of neither")
    func between() throws {
        for (n, g) in [(8, 2), (8, 4), (32, 8), (96, 8)] {
            let middle = SharingComparison(
                try AttentionShape(queryHeads: n, keyValueHeads: g, headDimension: 1))
            #expect(middle.fromMultiHead > 0.05)
            #expect(middle.fromMultiQuery > 0.05)
            // One scale for every g, and means are smaller.
            let all = SharingComparison(
                try AttentionShape(queryHeads: n, keyValueHeads: n, headDimension: 1))
            #expect(middle.largestOfMultiHead == all.largestOfMultiHead)
            #expect(abs(all.largestOfMultiHead - all.largestOutput) < 1e-6)
            #expect(middle.largestOutput < all.largestOutput)
        }
    }

    @Test(
        "eight K/V heads for 32 differ from MHA by more than its largest output, as lesson 5 says")
    func largerThanAnyOutput() throws {
        let middle = SharingComparison(
            try AttentionShape(queryHeads: 32, keyValueHeads: 8, headDimension: 1))
        #expect(middle.fromMultiHead > middle.largestOfMultiHead)
    }

    @Test("a model's cache holds what the memory model says, token by token")
    func modelCache() throws {
        for text in [
            "l=12,b=1,n=12,g=12,h=64,s=1024,bytes=2", "l=3,b=2,n=8,g=2,h=5,s=9,bytes=4",
            "l=1,b=1,n=71,g=1,h=64,s=1,bytes=2",
        ] {
            let setting = try CacheSetting(text: text)
            var cache = try #require(ModelCache(setting))
            #expect(cache.bytesHeld == ByteCount(0))
            for tokens in 1...5 {
                cache.appendToken()
                let model = MemoryReport(try setting.setting([.tokens: tokens]))
                #expect(cache.tokens == tokens)
                #expect(cache.bytesHeld == model[.gqa]?.size)
                #expect(cache.bytesHeld.bytes == tokens * ModelCache.bytesPerToken(setting).bytes)
            }
        }
    }

    @Test("a model's cache is not made where the engine keeps no such numbers")
    func noModelCache() throws {
        #expect(ModelCache(try CacheSetting(text: "l=1,b=1,n=1,g=1,h=1,s=1,bytes=1")) == nil)
        #expect(
            ModelCache(try CacheSetting(text: "l=2,b=1,n=1,g=1,h=1,s=9,bytes=2,wl=1,w=4")) == nil)
    }

    @Test("expanded and absorbed give the same outputs up to rounding, from the same bytes")
    func latentForms() throws {
        let step = LatentStep(
            queryHeads: 10, headDimension: 16,
            widths: LatentWidths(latentRank: 32, rotaryDimension: 8), tokens: 33)
        var comparison = try LatentComparison(step)
        var before = comparison.progress
        while !comparison.isFinished {
            comparison.advance(for: .zero)
            #expect(comparison.progress > before)
            before = comparison.progress
        }
        #expect(comparison.heads == 10)
        #expect(comparison.bytesHeld == ByteCount(33 * 40 * 2))
        #expect(step.bytesRebuilt == ByteCount(4 * 10 * 33 * (2 * 16 + 8)))
        #expect(step.bytesFolded == ByteCount(4 * 10 * step.widths.latentRank))
        let large = LatentStep(
            queryHeads: 65_536, headDimension: 1,
            widths: LatentWidths(latentRank: 1, rotaryDimension: 100_000_000),
            tokens: 1_000_000_000)
        #expect(large.bytesRebuilt == nil)
        #expect(comparison.largestOutput > 0.05)
        #expect(comparison.largestDifference < 1e-4 * comparison.largestOutput)
        #expect(step.multiplications(.expanded) == Double(2 * 33 * 10 * 16 * 32 + 33 * 10 * 40))
        #expect(step.multiplications(.absorbed) == Double(2 * 10 * 16 * 32 + 33 * 10 * 72))
        #expect(comparison.times.values.allSatisfy { $0 > .zero })
    }
}
