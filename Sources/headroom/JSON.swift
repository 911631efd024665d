import ForeignText

/// A JSON value that keeps the order of its keys, and how it is written. Foundation's encoder
/// cannot keep an order of our own, which readers of the output compare with documents.
indirect enum JSON {
    case string(String)
    case int(Int)
    /// A number as its digits, "0.5".
    case number(String)
    case bool(Bool)
    case null
    case array([JSON])
    case object([(key: String, value: JSON)])

    /// The value on one line, without spaces (RFC 8259).
    var text: String {
        var out = ""
        write(to: &out)
        return out
    }

    private func write(to out: inout String) {
        switch self {
        case .string(let text): Self.write(text, to: &out)
        case .int(let value): out += String(value)
        case .number(let digits): out += digits
        case .bool(let value): out += value ? "true" : "false"
        case .null: out += "null"
        case .array(let items):
            out += "["
            for (index, item) in items.enumerated() {
                if index > 0 { out += "," }
                item.write(to: &out)
            }
            out += "]"
        case .object(let members):
            out += "{"
            for (index, member) in members.enumerated() {
                if index > 0 { out += "," }
                Self.write(member.key, to: &out)
                out += ":"
                member.value.write(to: &out)
            }
            out += "}"
        }
    }

    private static func write(_ text: String, to out: inout String) {
        out += "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\t": out += "\\t"
            case "\r": out += "\\r"
            case _ where isHidden(scalar):
                let digits = String(scalar.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: out.unicodeScalars.append(scalar)
            }
        }
        out += "\""
    }

    /// Whether a terminal might take it as a command, or show nothing for it.
    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch Unseen(scalar) {
        case .control, .separator, .format, .joiner: scalar.value <= 0xFFFF
        case .mark, nil: false
        }
    }
}
