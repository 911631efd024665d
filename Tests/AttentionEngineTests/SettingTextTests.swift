import AttentionEngine
import Testing

@Suite("Settings as text")
struct SettingTextTests {
    @Test("A setting's text reads back as the same setting")
    func roundTrip() throws {
        for setting in try randomSettings(1000, seed: 5) {
            #expect(try CacheSetting(text: setting.text) == setting)
        }
    }

    @Test("The text names every parameter in the notes' order")
    func order() throws {
        let setting = try CacheSetting(
            layers: 61, batch: 2,
            shape: AttentionShape(queryHeads: 128, keyValueHeads: 8, headDimension: 128),
            tokens: 100_000, numberWidth: .bits4,
            latent: LatentWidths(latentRank: 512, rotaryDimension: 0),
            windowed: WindowedLayers(layers: 3, window: 4096))
        #expect(
            setting.text == "l=61,b=2,n=128,g=8,h=128,s=100000,bytes=0.5,c=512,r=0,wl=3,w=4096")
    }

    @Test("Batch, K/V heads and width may be left out: 1, as many as query heads, 2")
    func defaults() throws {
        #expect(
            try CacheSetting(text: "l=96,n=96,h=128,s=1024").text
                == "l=96,b=1,n=96,g=96,h=128,s=1024,bytes=2")
    }

    @Test("Any order, spaces around parts and low lines inside numbers are taken")
    func leniency() throws {
        let text = " s = 100_000 ,\th=128, n=96 ,bytes=1, g=8,l=96"
        #expect(
            try CacheSetting(text: text).text == "l=96,b=1,n=96,g=8,h=128,s=100000,bytes=1")
    }

    @Test("A change of query heads keeps g legal: n stays n, else the next divisor below")
    func changeOfQueryHeadsKeepsKeyValueHeadsLegal() throws {
        var random = SeededGenerator(seed: 6)
        for setting in try randomSettings(500, seed: 7) {
            let queryHeads = Int.random(in: 1...256, using: &random)
            let changed = try setting.setting([.queryHeads: queryHeads])
            let legal = divisors(of: queryHeads)
            let expected =
                if queryHeads == setting.queryHeads {
                    setting.keyValueHeads
                } else if setting.keyValueHeads == setting.queryHeads {
                    queryHeads
                } else {
                    try #require(legal.last { $0 <= setting.keyValueHeads })
                }
            #expect(changed.keyValueHeads == expected)
            #expect(changed[.queryHeads] == queryHeads)
        }
    }

    @Test("A change of query heads takes the largest legal g that is not above the one wished for")
    func wishedKeyValueHeads() throws {
        let setting = try CacheSetting(text: "l=2,b=1,n=97,g=1,h=64,s=16,bytes=2")
        for (queryHeads, expected) in [(96, 8), (93, 3), (97, 1), (4, 4)] {
            let changed = try setting.setting([.queryHeads: queryHeads], wishing: 8)
            #expect(changed.keyValueHeads == expected)
        }
        // One that is named is no wish, and where n stays so does g.
        let named = try setting.setting([.queryHeads: 96, .keyValueHeads: 2], wishing: 8)
        #expect(named.keyValueHeads == 2)
        #expect(try setting.setting([.tokens: 32], wishing: 8).keyValueHeads == 1)
        // A single head that was wished for is not one for each query head.
        let single = try CacheSetting(text: "l=2,b=1,n=1,g=1,h=64,s=16,bytes=2")
        #expect(try single.setting([.queryHeads: 8], wishing: 4).keyValueHeads == 4)
    }

    @Test("A change touches what it names and nothing else")
    func changeTouchesOnlyItsParameter() throws {
        for setting in try randomSettings(200, seed: 8) {
            for parameter in Parameter.allCases where parameter != .queryHeads {
                guard let old = setting[parameter] else { continue }
                let new =
                    switch parameter {
                    case .bytesPerNumber: 32
                    case .keyValueHeads, .windowLayers: 1
                    case .layers: old + 3
                    default: old + 1
                    }
                let changed = try setting.setting([parameter: new])
                for other in Parameter.allCases {
                    #expect(changed[other] == (other == parameter ? new : setting[other]))
                }
            }
        }
    }

    @Test("A part of a setting may be read alone, bytes per number in bits")
    func changes() throws {
        #expect(
            try CacheSetting.changes(text: "g=4,bytes=0.5") == [
                .keyValueHeads: 4, .bytesPerNumber: 4,
            ])
    }
}
