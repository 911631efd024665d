import AttentionEngine

/// The sliders of a step, as a lesson asks for them.
package struct SlidersSpec: Hashable, Sendable {
    /// The sliders from above, no parameter twice.
    package var sliders: [Slider]
}

/// What the learner may do with one parameter: the stops its slider has.
package struct Slider: Hashable, Sendable {
    /// What it moves.
    package var parameter: Parameter
    /// The only stops, where a lesson names them; bytes per number in bits.
    package var stops: [Int]?
    /// The values that a lesson allows; nil where it allows all.
    package var range: ClosedRange<Int>?
    /// Just unlocked: said beside it.
    package var isNew = false
    /// What its step begins with, which is a stop, too.
    package var own: Int?

    /// The stops at a setting in rising order, the present value among them.
    package func stops(at setting: CacheSetting) -> [Int] {
        var stops =
            self.stops.map { Set($0).sorted() } ?? Self.usualStops(of: parameter, at: setting)
        if parameter == .keyValueHeads {
            stops = stops.filter { setting.queryHeads % $0 == 0 }
        }
        if let range { stops = stops.filter(range.contains) }
        let isOwnPossible = own.map { parameter != .keyValueHeads || setting.queryHeads % $0 == 0 }
        for case let value? in [isOwnPossible == true ? own : nil, setting[parameter]]
        where !stops.contains(value) {
            stops.insert(value, at: stops.firstIndex { $0 > value } ?? stops.count)
        }
        return stops
    }

    private static func usualStops(of parameter: Parameter, at setting: CacheSetting) -> [Int] {
        switch parameter {
        // Window layers are among the layers, so there are no fewer of these.
        case .layers: (1...128).filter { $0 >= setting.windowed?.layers ?? 1 }
        case .batch: (0...10).map { 1 << $0 }
        case .queryHeads: Array(1...256)
        case .keyValueHeads: divisors(of: setting.queryHeads)
        case .headDimension: [1, 8, 16, 32, 64, 80, 96, 128, 192, 256, 512]
        case .tokens: (0...20).map { 1 << $0 }
        case .bytesPerNumber: NumberWidth.allCases.map(\.bits).sorted()
        case .latentRank: [32, 64, 128, 256, 384, 512, 768, 1024, 1536, 2048]
        case .rotaryDimension: [0, 16, 32, 64, 96, 128]
        case .windowLayers: Array(1...min(setting.layers, 128))
        case .window: (5...17).map { 1 << $0 }
        }
    }

    /// The stop some steps away from the present value, held at the ends; nil where the setting
    /// lacks the parameter.
    package func stop(_ steps: Int, from setting: CacheSetting) -> Int? {
        let stops = stops(at: setting)
        guard let value = setting[parameter], let index = stops.firstIndex(of: value) else {
            return nil
        }
        return stops[min(max(index + steps, 0), stops.count - 1)]
    }

    /// Whether a typed value is one that the lesson allows.
    package func allows(_ value: Int) -> Bool { range?.contains(value) ?? true }

    /// How many stops a far step takes.
    package func farStep(at setting: CacheSetting) -> Int { max(2, stops(at: setting).count / 8) }

    /// A value as the slider shows it.
    package func text(_ value: Int) -> String { parameter.text(value) }
}

extension Slider {
    /// A slider of all usual stops.
    package init(parameter: Parameter) { self.init(parameter: parameter, stops: nil) }
}
