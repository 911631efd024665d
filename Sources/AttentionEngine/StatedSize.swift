/// A size as somebody wrote it: "13.34GiB", "80 GB", "24G", "1,073,741,824".
package struct StatedSize: Hashable, Sendable {
    /// The unit, "GiB"; nil where none was written.
    package let unit: String?
    /// In bytes.
    package let bytes: Double
    /// By what part of itself the size may differ from what was meant: half of its last digit.
    package let precision: Double
    /// How many digits it was written with, from the first that is not 0.
    package let digits: Int

    /// Whether its unit may be one of bits: a capital before a small b, as in "24Gb".
    package let mayBeBits: Bool

    /// Units that are understood, with their bytes.
    private static let units: [(name: String, bytes: Double)] = [
        ("B", 1), ("kB", 1e3), ("MB", 1e6), ("GB", 1e9), ("TB", 1e12), ("KiB", 1024),
        ("MiB", 1_048_576), ("GiB", 1_073_741_824), ("TiB", 1_099_511_627_776),
    ]
    /// Letters for which the system's own tools take powers of 1,024, too.
    private static let letters = ["k": "KiB", "m": "MiB", "g": "GiB", "t": "TiB"]

    /// A positive number, its thousands parted or not (`NumberText`), and a unit behind it in any
    /// case; nil for anything else, and beyond 2^60 bytes.
    package init?(text: some StringProtocol) {
        guard let plain = NumberText.plain(text)?.filter({ $0 != " " }) else { return nil }
        let digits = plain.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let suffixWritten = plain.dropFirst(digits.count)
        let written = suffixWritten.lowercased()
        let suffix = Self.letters[written]?.lowercased() ?? written
        guard let number = Double(digits), number > 0, digits.first != ".", digits.last != ".",
            let unit = suffix.isEmpty
                ? Self.units[0] : Self.units.first(where: { $0.name.lowercased() == suffix }),
            number * unit.bytes < 0x1p60
        else { return nil }
        let decimals = digits.split(separator: ".").dropFirst().first?.count ?? 0
        var lastDigit = 1.0
        for _ in 0..<decimals { lastDigit /= 10 }
        self.unit = suffix.isEmpty ? nil : unit.name
        mayBeBits =
            suffixWritten.count > 1 && suffixWritten.last == "b"
            && suffixWritten.first?.isUppercase == true
        bytes = number * unit.bytes
        precision = lastDigit / 2 / number
        self.digits = digits.filter(\.isNumber).drop { $0 == "0" }.count
    }

    /// Whole bytes, rounded down.
    package var count: ByteCount { ByteCount(Int(bytes)) }
}
