import ForeignText

extension String {
    /// The text as it stands in XML and HTML, between tags and in quotes alike: the five signs
    /// that mean something there are spelled out, and what XML may not hold is "?" (XML 1.0, 2.2).
    package var escapedForMarkup: String {
        var escaped = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            case "\n": escaped += "\n"
            case _ where Self.isForbidden(scalar): escaped += "?"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        Unseen(scalar) == .control || scalar.properties.isNoncharacterCodePoint
    }
}
