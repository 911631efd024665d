import AttentionEngine

/// A learner's guess at a number: how it is read, whether it is right, and why it is not.
package enum Guess {
    /// What a typed text is read as.
    package enum Reading: Equatable {
        /// The number; bytes, where a size is asked for.
        case value(Double)
        /// What is wrong with the typed text, in one line.
        case unreadable(String)
    }

    /// Reads a guess at a figure; 45 % is 0.45 where that is at most 1, and 45 where percent are
    /// asked for.
    /// A bare number is bytes where it can be no other unit: from a half to twice the answer.
    package static func read(_ text: String, for answer: FigureValue) -> Reading {
        if answer.kind == .bytes,
            case .value(let bytes) = read(text, kind: .count),
            answer.amount / 2...answer.amount * 2 ~= bytes,
            text.allSatisfy({ $0.isNumber || ",_ ".contains($0) })
        {
            return .value(bytes)
        }
        return read(text, kind: answer.kind, percent: answer.amount <= 1 ? 0.01 : 1)
    }

    /// Reads "4.5 GB", "384MiB", "12", "1/12", "2.4 billion", "128x".
    static func read(_ text: String, kind: FigureValue.Kind, percent: Double = 1) -> Reading {
        guard let plain = NumberText.plain(text) else {
            return .unreadable("Write decimals with a point, as in 4.83; commas group thousands.")
        }
        let typed = plain.filter { !$0.isWhitespace }
        let compact = typed.lowercased()
        let number = compact.prefix { $0.isNumber || $0 == "." || $0 == "e" && kind == .count }
        guard var value = Double(number), value.isFinite, value >= 0 else {
            return .unreadable(
                kind == .bytes
                    ? "Type a size, such as 12 GB or 384 MiB." : "Type a number, such as 12.")
        }
        var unit = String(compact.dropFirst(number.count))
        // Told back as it was typed.
        let typedUnit = shortened(typed.dropFirst(number.count))
        if unit.hasPrefix("/"), kind == .count, let divisor = Double(unit.dropFirst()), divisor > 0
        {
            value /= divisor
            unit = ""
        }
        if unit == "%", kind == .count { return .value(value * percent) }
        if let factor = (kind == .bytes ? byteUnits : countUnits)[unit] {
            return .value(value * factor)
        }
        if kind == .count {
            return .unreadable("'\(typedUnit)' is not understood; type a plain number.")
        }
        return .unreadable(
            unit.isEmpty
                ? "Give it a unit: 12 GB, 384 MiB, 4096 B."
                : "'\(typedUnit)' is not a unit; use kB, MB, GB, TB, KiB, MiB, GiB or TiB.")
    }

    /// The unit of bytes behind a typed number as it is usually written, "GiB"; nil where there is
    /// none.
    static func unit(of text: String) -> String? {
        let typed = text.filter(\.isLetter).lowercased()
        return ["kB", "MB", "GB", "TB", "PB", "KiB", "MiB", "GiB", "TiB"].first {
            let unit = $0.lowercased()
            return typed == unit || unit.count == 2 && typed == unit.prefix(1)
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

    /// Whether a guess is within a share of the right number, or equal to it but for rounding.
    package static func isRight(_ guess: Double, answer: Double, tolerance: Double) -> Bool {
        abs(guess - answer) <= tolerance * abs(answer) + 1e-9 * abs(answer)
    }
}
