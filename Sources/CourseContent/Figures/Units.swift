import AttentionEngine

/// How sizes are written; the raw value is the word in a figure's address.
package enum Units: String, CaseIterable, Hashable, Sendable {
    /// Decimal with binary units beside them, one of the two alone, and every byte.
    case both, decimal, binary, bytes

    /// A size in these units: "403 MB (384 MiB)".
    package func text(_ size: ByteCount) -> String {
        switch self {
        case .both: size.both
        case .decimal: size.decimal
        case .binary: size.binary
        case .bytes: size.exact
        }
    }

    /// One size without its twin, for bars: `both` shows the decimal one.
    package func short(_ size: ByteCount) -> String {
        self == .both ? size.decimal : text(size)
    }

    /// The next of them, round and round.
    package var next: Units {
        let all = Units.allCases
        return all[(all.firstIndex(of: self)! + 1) % all.count]
    }

    /// What they are, in words.
    package var name: String {
        switch self {
        case .both: "decimal and binary (GB and GiB)"
        case .decimal: "decimal (GB, powers of 1,000)"
        case .binary: "binary (GiB, powers of 1,024)"
        case .bytes: "every byte"
        }
    }
}
