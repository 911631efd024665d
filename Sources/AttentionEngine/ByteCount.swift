/// A size in bytes, and how it is written.
package struct ByteCount: Hashable, Comparable, Sendable {
    /// Whole bytes; a computed size is never negative.
    package let bytes: Int

    /// A count as it is, unchecked.
    package init(_ bytes: Int) { self.bytes = bytes }

    /// The bytes of so many numbers, 4-bit ones rounded up to a whole byte; nil where the bits
    /// overflow.
    package init?(numbers: Int, of width: NumberWidth) {
        let (bits, overflow) = numbers.multipliedReportingOverflow(by: width.bits)
        if overflow { return nil }
        self.init(bits: bits)
    }

    /// So many bits, rounded up to whole bytes.
    package init(bits: Int) { self.bytes = bits / 8 + (bits % 8 > 0 ? 1 : 0) }

    /// The product of counts, none of them negative. Throws where it is beyond 2^60 bytes.
    init(product factors: [Int]) throws(SettingError) {
        var product = 1
        for factor in factors {
            let (next, overflow) = product.multipliedReportingOverflow(by: factor)
            if overflow || next >= 1 << 60 { throw .tooLarge }
            product = next
        }
        self.init(product)
    }

    package static func < (a: Self, b: Self) -> Bool { a.bytes < b.bytes }

    /// Powers of 1,000, three significant digits: "403 MB".
    package var decimal: String {
        scaled(by: 1000, units: ["B", "kB", "MB", "GB", "TB", "PB", "EB"])
    }

    /// Powers of 1,024, three significant digits: "384 MiB".
    package var binary: String {
        scaled(by: 1024, units: ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"])
    }

    /// Both, since the field mixes them: "403 MB (384 MiB)".
    package var both: String { bytes < 1000 ? decimal : "\(decimal) (\(binary))" }

    /// Every digit: "402,653,184 bytes".
    package var exact: String { "\(grouped(bytes)) \(bytes == 1 ? "byte" : "bytes")" }

    private func scaled(by base: Int, units: [String]) -> String {
        var unit = 0
        var value = Double(bytes)
        // 999.5 would round to a fourth digit, so the next unit starts there.
        while unit + 1 < units.count,
            value >= (unit == 0 ? Double(base) : base == 1000 ? 999.5 : 1023.5)
        {
            value /= Double(base)
            unit += 1
        }
        if unit == 0 { return "\(grouped(bytes)) B" }
        return "\(threeDigits(value)) \(units[unit])"
    }
}

/// A count with its noun, in the plural where it is not one: "8 K/V heads".
package func counted(_ count: Int, _ noun: String) -> String {
    "\(grouped(count)) \(noun)\(count == 1 ? "" : "s")"
}

/// A whole number with its thousands separated: "8,192".
package func grouped(_ value: Int) -> String {
    // Slider labels are made of these at every key: most are short.
    if value.magnitude < 1_000 { return String(value) }
    let digits = String(value.magnitude).utf8
    var out = value < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
        if index > 0, (digits.count - index) % 3 == 0 { out.append(",") }
        out.unicodeScalars.append(Unicode.Scalar(digit))
    }
    return out
}

/// A positive number with two decimals below 10, one below 100 and none from there: "1.07",
/// "50.3", "403".
package func threeDigits(_ value: Double) -> String {
    fixed(value, decimals: value < 9.995 ? 2 : value < 99.95 ? 1 : 0)
}

/// A number with a fixed count of decimals (15 at the most), rounded half away from zero.
package func fixed(_ value: Double, decimals: Int) -> String {
    if value < 0 { return "-" + fixed(-value, decimals: decimals) }
    var power = 1.0
    for _ in 0..<decimals { power *= 10 }
    let scaled = (value * power).rounded()
    guard scaled < 9e18 else { return String(value) }
    let whole = Int(scaled)
    if decimals == 0 { return grouped(whole) }
    let unit = Int(power)
    let fraction = String(whole % unit)
    let zeros = String(repeating: "0", count: decimals - fraction.count)
    return "\(grouped(whole / unit)).\(zeros)\(fraction)"
}

/// A ratio or count: whole where it is whole, else three significant digits.
package func brief(_ value: Double) -> String {
    abs(value - value.rounded()) < 1e-9 && abs(value) < 1e15
        ? grouped(Int(value.rounded())) : threeDigits(value)
}

/// A small positive number with one digit: "6e-8".
package func scientific(_ value: Double) -> String {
    guard value > 0, value < 1 else { return brief(value) }
    var value = value
    var exponent = 0
    while value < 0.95 {
        value *= 10
        exponent -= 1
    }
    return "\(Int(value.rounded()))e\(exponent)"
}

/// How far a number is from the right one, in words: "exact", "12 % too much", "2.4 times too
/// little"; nil where there is no telling.
package func distanceInWords(_ value: Double, from right: Double) -> String? {
    guard right > 0, value >= 0 else { return nil }
    let ratio = value / right
    if abs(ratio - 1) < 0.005 { return "exact" }
    if ratio == 0 { return "too little" }
    let side = ratio > 1 ? "too much" : "too little"
    if ratio >= 2 { return "\(brief(ratio)) times \(side)" }
    if ratio <= 0.5 { return "\(brief(1 / ratio)) times \(side)" }
    return "\(brief((abs(ratio - 1) * 100).rounded())) % \(side)"
}
