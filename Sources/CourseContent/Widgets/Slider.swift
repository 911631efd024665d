import AttentionEngine
import Lessons

/// The sliders of a step, as a lesson asks for them.
package struct SlidersSpec: Hashable, Sendable {
    /// The sliders from above, none twice.
    package var sliders: [Slider]
}

/// What a slider moves: a parameter of the setting, or a dial of a picture.
package enum Movable: Hashable, Sendable {
    /// A parameter of the setting.
    case parameter(Parameter)
    /// A dial of a picture of the step.
    case dial(Dial)

    /// What a lesson, or whoever types, calls it: a letter, "bytes", or a dial's name.
    package init?(letter: String) {
        if let parameter = Parameter(letter: letter) {
            self = .parameter(parameter)
        } else if let dial = Dial(rawValue: letter) {
            self = .dial(dial)
        } else {
            return nil
        }
    }

    /// The parameter; nil of a dial.
    package var parameter: Parameter? {
        if case .parameter(let parameter) = self { parameter } else { nil }
    }

    /// What it is called where it is typed.
    package var letter: String {
        switch self {
        case .parameter(let parameter): parameter.letter
        case .dial(let dial): dial.rawValue
        }
    }

    /// What it is called beside its slider.
    package var name: String {
        switch self {
        case .parameter(let parameter): parameter.name
        case .dial(let dial): dial.name
        }
    }

    /// Both, "g, K/V heads"; of a dial its name alone, "the cache".
    package var spoken: String {
        switch self {
        case .parameter(let parameter): parameter.spoken
        case .dial(let dial): dial.name
        }
    }

    /// A value of it; bytes per number from bits.
    package func text(_ value: Int) -> String {
        switch self {
        case .parameter(let parameter): parameter.text(value)
        case .dial(let dial): dial.text(value)
        }
    }
}

/// What the learner may do with a parameter or a dial: the stops its slider has.
package struct Slider: Hashable, Sendable {
    /// What it moves.
    package var moved: Movable
    /// The only stops, where a lesson names them; bytes per number in bits.
    package var stops: [Int]?
    /// The values that a lesson allows; nil where it allows all.
    package var range: ClosedRange<Int>?
    /// Just unlocked: said beside it.
    package var isNew = false
    /// What its step begins with, which is a stop, too.
    package var own: Int?

    /// The parameter that it moves; nil where that is a dial.
    package var parameter: Parameter? { moved.parameter }

    /// Where it stands; nil where the setting lacks the parameter.
    package func value(
        at setting: CacheSetting, _ dials: DialValues = DialValues()
    ) -> Int? {
        switch moved {
        case .parameter(let parameter): setting[parameter]
        case .dial(let dial): dials[dial]
        }
    }

    /// The stops at a setting in rising order, the present value among them.
    package func stops(
        at setting: CacheSetting, _ dials: DialValues = DialValues()
    ) -> [Int] {
        var stops = self.stops.map { Set($0).sorted() } ?? usualStops(at: setting)
        if parameter == .keyValueHeads {
            stops = stops.filter { setting.queryHeads % $0 == 0 }
        }
        if let range { stops = stops.filter(range.contains) }
        let isOwnPossible = own.map { parameter != .keyValueHeads || setting.queryHeads % $0 == 0 }
        for case let value? in [isOwnPossible == true ? own : nil, value(at: setting, dials)]
        where !stops.contains(value) {
            stops.insert(value, at: stops.firstIndex { $0 > value } ?? stops.count)
        }
        return stops
    }

    private func usualStops(at setting: CacheSetting) -> [Int] {
        switch moved {
        case .parameter(let parameter): Self.usualStops(of: parameter, at: setting)
        case .dial(let dial): dial.stops
        }
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

    /// Whether a typed value is one that the lesson allows.
    package func allows(_ value: Int) -> Bool { range?.contains(value) ?? true }

    /// How many stops a far step takes.
    package func farStep(at setting: CacheSetting) -> Int { max(2, stops(at: setting).count / 8) }

    /// A value as the slider shows it.
    package func text(_ value: Int) -> String { moved.text(value) }
}

extension Slider {
    /// A slider of a parameter, of all usual stops where it names none.
    package init(parameter: Parameter, stops: [Int]? = nil, range: ClosedRange<Int>? = nil) {
        self.init(moved: .parameter(parameter), stops: stops, range: range)
    }
}

extension Slider {
    /// A finding of stops that a lesson names and nobody can come to: of g such as do not divide n,
    /// where n stays as it is, and such as are outside the slider's own range.
    func stopsNeverMet(in step: PreparedStep, at place: SourcePlace) -> Finding? {
        guard let stops else { return nil }
        let outside = stops.filter { range?.contains($0) == false }
        if !outside.isEmpty {
            return .stopsNeverMet(
                outside.map(text), because: "they are not between 'from' and 'to'", at: place)
        }
        let heads = step.setting.queryHeads
        let isMoved = step.sliders.contains { $0.parameter == .queryHeads }
        guard parameter == .keyValueHeads, !isMoved else { return nil }
        let undivided = stops.filter { heads % $0 != 0 }
        return undivided.isEmpty
            ? nil
            : .stopsNeverMet(
                undivided.map(text), because: "K/V heads must divide n, \(heads)", at: place)
    }
}
