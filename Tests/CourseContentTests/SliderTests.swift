import AttentionEngine
import Testing

@testable import CourseContent

@Suite("A slider")
struct SliderTests {
    private static let settings = [
        "l=96,b=1,n=96,g=8,h=128,s=1024,bytes=2", "l=1,b=1,n=1,g=1,h=1,s=1,bytes=0.5",
        "l=61,b=3,n=128,g=128,h=130,s=100000,bytes=4,c=500,r=64",
        "l=26,b=1,n=251,g=251,h=256,s=131072,bytes=1,wl=22,w=500",
        "l=300,b=50,n=1000,g=125,h=7,s=3000000,bytes=2",
    ]

    @Test("has stops that rise and contain the present value", arguments: settings)
    func stopsRiseAndContainTheValue(text: String) throws {
        let setting = try CacheSetting(text: text)
        for parameter in Parameter.allCases {
            guard let value = setting[parameter] else { continue }
            for slider in [
                Slider(parameter: parameter), Slider(parameter: parameter, stops: [2, 2, 4, 32]),
                Slider(parameter: parameter, stops: []),
                Slider(parameter: parameter, range: 4...64),
                Slider(parameter: parameter, range: 1_000_000...1_000_001),
            ] {
                let stops = slider.stops(at: setting)
                #expect(stops.contains(value))
                #expect(zip(stops, stops.dropFirst()).allSatisfy { $0 < $1 }, "\(slider) \(stops)")
                if let range = slider.range {
                    #expect(stops.allSatisfy { range.contains($0) || $0 == value })
                }
            }
        }
    }

    @Test("offers only legal values, so that every stop can be taken", arguments: settings)
    func everyStopIsLegal(text: String) throws {
        let setting = try CacheSetting(text: text)
        for parameter in Parameter.allCases where setting[parameter] != nil {
            for stop in Slider(parameter: parameter).stops(at: setting) {
                let next = try setting.setting([parameter: stop])
                #expect(next[parameter] == stop)
            }
        }
    }

    @Test("has no more stops than can be moved through, however large the numbers")
    func fewStops() throws {
        let setting = try CacheSetting(
            text: "l=1000000000,b=1,n=65536,g=1,h=1,s=1000,bytes=2,wl=900000000,w=8")
        for parameter in Parameter.allCases {
            #expect(Slider(parameter: parameter).stops(at: setting).count <= 257)
        }
    }

    @Test("of K/V heads has exactly the divisors of the query heads as its stops")
    func divisorsOnly() throws {
        for queryHeads in 1...256 {
            let setting = try CacheSetting(
                layers: 1,
                shape: AttentionShape(
                    queryHeads: queryHeads, keyValueHeads: 1, headDimension: 1), tokens: 1)
            let stops = Slider(parameter: .keyValueHeads).stops(at: setting)
            #expect(stops == (1...queryHeads).filter { queryHeads % $0 == 0 })
            let lessons = Slider(parameter: .keyValueHeads, stops: Array(1...9)).stops(at: setting)
            #expect(lessons.allSatisfy { queryHeads % $0 == 0 })
        }
    }

    @Test("writes bytes per number as bytes and large numbers with separators")
    func texts() {
        #expect(
            NumberWidth.allCases.map { Slider(parameter: .bytesPerNumber).text($0.bits) }
                == ["0.5", "1", "2", "4"])
        #expect(Slider(parameter: .tokens).text(131_072) == "131,072")
    }
}
