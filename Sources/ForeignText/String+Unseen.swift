// Scalars are looked at one by one and never compared as characters or hashed as strings: both
// normalise, which a foreign text of many marks makes slow.

extension StringProtocol {
    /// The text with a sign in place of each scalar of some kinds. Cost: O(text).
    ///
    /// - Parameter keepingNewlines: leaves "\n" where controls are replaced.
    package func replacing(
        _ kinds: Set<Unseen>, by sign: Unicode.Scalar = "?", keepingNewlines: Bool = false
    ) -> String {
        var replaced = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            let isKept = keepingNewlines && scalar == "\n"
            if !isKept, let kind = Unseen(scalar), kinds.contains(kind) {
                replaced.append(sign)
            } else {
                replaced.append(scalar)
            }
        }
        return String(replaced)
    }

    /// The text without the scalars of some kinds, and without the marks that they parted from too
    /// many others. Cost: O(text).
    package func dropping(_ kinds: Set<Unseen>) -> String {
        var kept = String.UnicodeScalarView()
        for scalar in unicodeScalars where Unseen(scalar).map(kinds.contains) != true {
            kept.append(scalar)
        }
        return String(kept).streamSafe
    }

    /// The text as one line of printable characters, as a line is typed: a space for each tab and
    /// end of a line, nothing for other characters that show nothing. Marks stay, as they may
    /// belong to what will stand before them, as many in a row as may. Cost: O(text).
    package var asOneLine: String { printable(lineEnd: " ") }

    /// The text as lines of printable characters, as a note is kept: "\n" for each end of a line,
    /// a space for each tab, nothing for other characters that show nothing; marks stay.
    /// Cost: O(text).
    package var asLines: String { printable(lineEnd: "\n") }

    private func printable(lineEnd: Character) -> String {
        var printable = ""
        for character in self {
            let scalars = character.unicodeScalars
            switch scalars[scalars.startIndex] {
            // "\r\n" is one character.
            case "\n"..."\r", "\u{85}", "\u{2028}", "\u{2029}": printable.append(lineEnd)
            case "\t": printable.append(" ")
            default:
                if character.isSeen || Unseen(scalars[scalars.startIndex]) == .mark {
                    printable.append(character)
                }
            }
        }
        return printable.streamSafe
    }
}

extension Character {
    /// Whether it shows anything and commands nothing.
    fileprivate var isSeen: Bool {
        var shows = false
        for scalar in unicodeScalars {
            switch Unseen(scalar) {
            case .control, .separator: return false
            case .format, .joiner, .mark: break
            case nil: shows = true
            }
        }
        return shows
    }
}
