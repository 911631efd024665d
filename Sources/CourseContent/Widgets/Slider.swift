import AttentionEngine

/// What the learner may do with one parameter: the stops its slider has.
struct Slider: Hashable, Sendable {
    var parameter: Parameter
    /// The only stops, where a lesson names them; bytes per number in bits.
    var stops: [Int]?
    var range: ClosedRange<Int>?
    /// Just unlocked: said beside it.
    var isNew = false

    /// The stops at a setting in rising order, the present value among them.
    func stops(at setting: CacheSetting) -> [Int] {
        var stops = self.stops ?? Self.usualStops(of: parameter, at: setting)
        if parameter == .keyValueHeads {
            stops = stops.filter { setting.queryHeads % $0 == 0 }
        }
        if let range { stops = stops.filter(range.contains) }
        if let value = setting[parameter] { stops.append(value) }
        return Set(stops).sorted()
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
        case .bytesPerNumber: NumberWidth.allCases.map(\.bits)
        case .latentRank: [32, 64, 128, 256, 384, 512, 768, 1024, 1536, 2048]
        case .rotaryDimension: [0, 16, 32, 64, 96, 128]
        case .windowLayers: Array(1...min(setting.layers, 128))
        case .window: (5...17).map { 1 << $0 }
        }
    }

    /// The stop some steps away from the present value, held at the ends.
    func stop(_ steps: Int, from setting: CacheSetting) -> Int? {
        let stops = stops(at: setting)
        guard let value = setting[parameter], let index = stops.firstIndex(of: value) else {
            return nil
        }
        return stops[min(max(index + steps, 0), stops.count - 1)]
    }

    /// Whether a typed value is one that the lesson allows.
    func allows(_ value: Int) -> Bool { range?.contains(value) ?? true }

    /// How many stops a far step takes.
    func farStep(at setting: CacheSetting) -> Int { max(2, stops(at: setting).count / 8) }

    /// A value as the slider shows it.
    func text(_ value: Int) -> String {
        parameter == .bytesPerNumber
            ? NumberWidth(rawValue: value)?.bytesText ?? String(value) : grouped(value)
    }
}

/// The line a slider's knob moves on: every stop written out where they fit, else a plain track.
struct SliderTrack {
    let labels: [String]
    let width: Int
    let isLabelled: Bool
    /// The columns the knob moves in on a plain track, between the labels of its ends.
    private let inner: Range<Int>

    init(labels: [String], width: Int) {
        self.labels = labels
        self.width = max(1, width)
        let text = labels.reduce(0) { $0 + $1.count }
        isLabelled = labels.count <= 16 && text + 2 * (labels.count - 1) <= width
        let low = labels.first?.count ?? 0
        let high = labels.last?.count ?? 0
        let between = self.width - low - high
        let hasRoom = between >= 12 && (between >= labels.count || self.width < labels.count)
        inner = hasRoom ? low..<low + between : 0..<self.width
    }

    /// Whether a plain track shows its ends.
    var hasEnds: Bool { !isLabelled && inner.count < width }

    /// The column at which a stop's label (or the knob) starts.
    func column(of stop: Int) -> Int {
        guard labels.count > 1 else { return 0 }
        if isLabelled {
            let gaps = labels.count - 1
            let text = labels.reduce(0) { $0 + $1.count }
            let space = min(width - text, gaps * 4)
            let before = labels[..<stop].reduce(0) { $0 + $1.count }
            return before + space * stop / gaps
        }
        return inner.lowerBound + stop * (inner.count - 1) / (labels.count - 1)
    }

    /// The stop whose label (or knob) is nearest to a column, for the mouse.
    func stop(at column: Int) -> Int {
        func distance(_ stop: Int) -> Int {
            let start = self.column(of: stop)
            let last = start + (isLabelled ? labels[stop].count : 1) - 1
            return max(start - column, column - last, 0)
        }
        return labels.indices.min { distance($0) < distance($1) } ?? 0
    }

    /// Where the track ends.
    var endColumn: Int {
        isLabelled ? column(of: labels.count - 1) + (labels.last?.count ?? 1) : width
    }
}
