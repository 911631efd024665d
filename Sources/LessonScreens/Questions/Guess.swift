import AttentionEngine

/// A learner's guess at a number, and what a wrong one has in common with the right one.
enum Guess {
    enum Reading: Equatable {
        case value(Double)
        /// What is wrong with the typed text, in one line.
        case unreadable(String)
    }

    /// Reads "4.5 GB", "384MiB", "12", "1/12", "2.4 billion", "128x".
    static func read(_ text: String, kind: FigureValue.Kind) -> Reading {
        let compact = text.lowercased().filter { !$0.isWhitespace && $0 != "," && $0 != "_" }
        let number = compact.prefix { $0.isNumber || $0 == "." || $0 == "e" && kind == .count }
        guard var value = Double(number), value.isFinite, value >= 0 else {
            return .unreadable(
                kind == .bytes
                    ? "Type a size, such as 12 GB or 384 MiB." : "Type a number, such as 12.")
        }
        var unit = String(compact.dropFirst(number.count))
        if unit.hasPrefix("/"), kind == .count, let divisor = Double(unit.dropFirst()), divisor > 0
        {
            value /= divisor
            unit = ""
        }
        switch kind {
        case .bytes:
            guard let factor = byteUnits[unit] else {
                return .unreadable(
                    unit.isEmpty
                        ? "Give it a unit: 12 GB, 384 MiB, 4096 B."
                        : "'\(unit)' is no unit of bytes; kB, MB, GB, TB, KiB, MiB, GiB, TiB are.")
            }
            return .value(value * factor)
        case .count:
            guard let factor = countUnits[unit] else {
                return .unreadable("'\(unit)' is not understood; type a plain number.")
            }
            return .value(value * factor)
        }
    }

    private static let byteUnits: [String: Double] = [
        "b": 1, "byte": 1, "bytes": 1, "kb": 1e3, "mb": 1e6, "gb": 1e9, "tb": 1e12, "pb": 1e15,
        "kib": 1024, "mib": 1_048_576, "gib": 1_073_741_824, "tib": 1_099_511_627_776,
        "k": 1e3, "m": 1e6, "g": 1e9, "t": 1e12,
    ]

    private static let countUnits: [String: Double] = [
        "": 1, "x": 1, "times": 1, "k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6,
        "b": 1e9, "billion": 1e9, "t": 1e12, "trillion": 1e12,
    ]

    static func isRight(_ guess: Double, answer: Double, tolerance: Double) -> Bool {
        abs(guess - answer) <= tolerance * abs(answer) + 1e-9 * abs(answer)
    }

    /// Why a guess is off, where the ratio gives it away; nil where it does not.
    ///
    /// Causes are tried from the likeliest; each must explain the ratio to one part in a hundred.
    static func cause(of guess: Double, answer: FigureValue) -> String? {
        guard guess > 0, answer.amount > 0 else { return nil }
        let ratio = guess / answer.amount
        func matches(_ factor: Double) -> Bool { abs(ratio / factor - 1) < 0.01 }
        for cause in causes(of: answer) where cause.factor != 1 && matches(cause.factor) {
            return cause.text
        }
        return nil
    }

    private static func causes(of answer: FigureValue) -> [(factor: Double, text: String)] {
        var causes: [(Double, String)] = []
        if answer.kind == .bytes { causes += unitCauses }
        guard let setting = answer.setting else { return causes }
        let queryHeads = Double(setting.queryHeads)
        let keyValueHeads = Double(setting.keyValueHeads)
        if answer.kind == .bytes {
            causes.append(
                (0.5, "half of it: a factor 2 is missing (a key and a value; 2 bytes each)"))
            causes.append((2, "twice as much: a factor 2 too many"))
            causes.append((0.25, "a quarter of it: both factors 2 are missing (K and V; bytes)"))
            causes.append((4, "four times as much: one factor 4 too many"))
            causes.append(
                (
                    queryHeads / keyValueHeads,
                    "you took n, \(grouped(setting.queryHeads)) query heads, for g, \(grouped(setting.keyValueHeads)) K/V heads"
                ))
            causes.append(
                (
                    keyValueHeads / queryHeads,
                    "you took g, the K/V heads, where all n query heads count"
                ))
            let factors: [(Parameter, String)] = [
                (.layers, "the layers"), (.headDimension, "the head width"),
                (.tokens, "the tokens"), (.keyValueHeads, "the K/V heads"), (.batch, "the batch"),
            ]
            for (parameter, name) in factors {
                guard let value = setting[parameter], value > 1 else { continue }
                let letter = "\(parameter.letter) = \(grouped(value))"
                causes.append((1 / Double(value), "you forgot \(name), \(letter)"))
                causes.append((Double(value), "you counted \(name) twice, \(letter)"))
            }
            causes.append((8, "eight times as much: those are bits, not bytes"))
            causes.append((1.0 / 8, "an eighth: bytes were divided by 8"))
        } else {
            for parameter in Parameter.allCases {
                guard let value = setting[parameter], value > 1, parameter != .bytesPerNumber else {
                    continue
                }
                causes.append(
                    (
                        Double(value) / answer.amount,
                        "that is \(parameter.letter), the number of \(parameter.name)"
                    ))
            }
            causes.append(
                (
                    1 / answer.amount / answer.amount,
                    "the other way round: you gave 1/\(brief(answer.amount))"
                ))
            causes.append((0.5, "half of it: a factor 2 is missing"))
            causes.append((2, "twice as much: a factor 2 too many"))
        }
        return causes
    }

    private static let unitCauses: [(Double, String)] = [
        (1 / 1.073741824, "the number is right in GiB, but you wrote GB, which are smaller"),
        (1.073741824, "the number is right in GB, but you wrote GiB, which are larger"),
        (1 / 1.048576, "the number is right in MiB, but you wrote MB, which are smaller"),
        (1.048576, "the number is right in MB, but you wrote MiB, which are larger"),
        (1000, "a thousand times too much: one unit too large"),
        (0.001, "a thousand times too little: one unit too small"),
        (1024, "1,024 times too much: one binary unit too large"),
        (1.0 / 1024, "1,024 times too little: one binary unit too small"),
        (1e6, "a million times too much: two units too large"),
        (1e-6, "a million times too little: two units too small"),
    ]
}
