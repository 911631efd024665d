/// What Markdown asks of a character.
extension Unicode.Scalar {
    var isSpaceOrTab: Bool { self == " " || self == "\t" }

    var isSpaceTabOrNewline: Bool { isSpaceOrTab || self == "\n" }

    var isASCIILetter: Bool { ("a"..."z").contains(self) || ("A"..."Z").contains(self) }

    var isASCIIDigit: Bool { ("0"..."9").contains(self) }

    var isASCIIPunctuation: Bool {
        switch self {
        case "!"..."/", ":"..."@", "["..."`", "{"..."~": true
        default: false
        }
    }

    /// White space as emphasis sees it.
    var isUnicodeSpace: Bool {
        isASCII ? isSpaceTabOrNewline : properties.generalCategory == .spaceSeparator
    }

    /// Punctuation and symbols as emphasis sees them.
    var isUnicodePunctuation: Bool {
        if isASCII { return isASCIIPunctuation }
        switch properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
            .initialPunctuation, .finalPunctuation, .otherPunctuation, .mathSymbol,
            .currencySymbol, .modifierSymbol, .otherSymbol:
            return true
        default: return false
        }
    }

    /// What may not stand in a lesson: control characters but the tab, line ends other than the
    /// newline, unseen signs that turn a line around or hide in it (those that join letters may),
    /// and what YAML does not take as a character.
    var isControlCharacter: Bool {
        switch value {
        case 0x09: false
        case 0x00...0x1F, 0x7F...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: true
        case 0x061C, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060...0x206F: true
        case 0xFFF9...0xFFFB, 0xE0000...0xE007F: true
        default: false
        }
    }
}

extension String {
    init(scalars: some Sequence<Unicode.Scalar>) {
        // By bytes: a view of scalars takes ten times as long to be put together.
        var bytes: [UInt8] = []
        bytes.reserveCapacity(scalars.underestimatedCount)
        for scalar in scalars {
            if scalar.isASCII {
                bytes.append(UInt8(truncatingIfNeeded: scalar.value))
            } else {
                bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
        }
        self.init(decoding: bytes, as: UTF8.self)
    }
}
