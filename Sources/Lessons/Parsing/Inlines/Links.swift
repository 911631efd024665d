/// Links, and figures, which are written as links.
extension InlineParser {
    mutating func openBracket(isImage: Bool) {
        brackets.append(
            Bracket(
                offset: position, piece: pieces.count, firstRun: runs.count, isImage: isImage))
        takeLiteral(isImage ? 2 : 1)
    }

    mutating func closeBracket(findings: inout FindingList) {
        guard let bracket = brackets.popLast() else { return takeLiteral(1) }
        let canBeLink = bracket.isImage || brackets.count >= linkFloor
        linkFloor = min(linkFloor, brackets.count)
        guard canBeLink, self[position + 1] == "(", let target = linkTarget(at: position + 1) else {
            reportUnsupported(bracket, canBeLink: canBeLink, findings: &findings)
            return takeLiteral(1)
        }
        let place = source.place(bracket.offset)
        if target.hasTitle { findings.add(.linkTitle(at: place)) }
        position = target.end
        if bracket.isImage {
            // Its text stays where it is.
            findings.add(.image(at: place))
            pieces[bracket.piece] = .text("", offset: bracket.offset)
            return
        }
        let content = build(
            from: bracket.piece + 1, runs: bracket.firstRun, findings: &findings)
        pieces.removeSubrange(bracket.piece...)
        runs.removeSubrange(bracket.firstRun...)
        linkFloor = brackets.count
        if Self.isFigure(target.address),
            let figure = Figure(
                address: target.address, written: content.plainText, place: place)
        {
            pieces.append(.inline(.figure(figure)))
        } else {
            pieces.append(.inline(.link(content, destination: target.address)))
        }
    }

    /// Whether an address is that of a figure: `scheme:` and anything, but no page and no mail.
    private static func isFigure(_ address: String) -> Bool {
        guard let colon = address.firstIndex(of: ":") else { return false }
        let scheme = address[..<colon].unicodeScalars
        return scheme.first?.isASCIILetter == true
            && scheme.allSatisfy { $0.isASCIILetter || $0 == "-" }
            && !["http", "https", "mailto"].contains(address[..<colon].lowercased())
    }

    /// Brackets that are no link here, but one of Markdown's other links elsewhere.
    private func reportUnsupported(
        _ bracket: Bracket, canBeLink: Bool, findings: inout FindingList
    ) {
        let text = scalars[(bracket.offset + (bracket.isImage ? 2 : 1))..<position]
        let isAtLineStart = bracket.offset == 0 || scalars[bracket.offset - 1] == "\n"
        let next = self[position + 1]
        if text.first == "^", text.count > 1, text.count <= 100,
            !text.contains(where: \.isUnicodeSpace)
        {
            findings.add(.footnote(at: source.place(bracket.offset)))
        } else if next == "[" || next == ":" && isAtLineStart, !text.isEmpty {
            findings.add(.referenceLink(at: source.place(bracket.offset)))
        } else if next == "(", canBeLink {
            findings.add(.brokenLink(at: source.place(bracket.offset)))
        }
    }

    private struct Target {
        let address: String
        let hasTitle: Bool
        /// The offset behind the closing parenthesis.
        let end: Int
    }

    /// The address, and perhaps a title, in the parentheses at `start`.
    private func linkTarget(at start: Int) -> Target? {
        var index = afterSpaces(start + 1)
        guard let address = address(at: &index), !address.isEmpty else { return nil }
        let title = afterSpaces(index)
        var hasTitle = false
        if title > index, let quote = self[title], "\"'(".unicodeScalars.contains(quote) {
            let closing: Unicode.Scalar = quote == "(" ? ")" : quote
            index = title + 1
            // Parentheses in parentheses are none, as CommonMark has it, or each would be looked
            // for its end through all that follows.
            while let scalar = self[index], scalar != closing, quote != "(" || scalar != "(" {
                index += scalar == "\\" ? 2 : 1
            }
            guard self[index] == closing else { return nil }
            hasTitle = true
            index = afterSpaces(index + 1)
        } else {
            index = title
        }
        guard self[index] == ")" else { return nil }
        return Target(address: address, hasTitle: hasTitle, end: index + 1)
    }

    private func afterSpaces(_ start: Int) -> Int {
        guard start < scalars.count else { return scalars.count }
        return scalars[start...].firstIndex { !$0.isSpaceTabOrNewline } ?? scalars.count
    }

    /// An address in angle brackets, or without spaces and with its parentheses in pairs.
    private func address(at index: inout Int) -> String? {
        var address: [Unicode.Scalar] = []
        let isInAngles = self[index] == "<"
        if isInAngles { index += 1 }
        var depth = 0
        while let scalar = self[index] {
            if scalar == "\\", let escaped = self[index + 1], escaped.isASCIIPunctuation {
                address.append(escaped)
                index += 2
                continue
            }
            if scalar == "\n" || scalar == "<" && isInAngles { break }
            if isInAngles {
                if scalar == ">" {
                    index += 1
                    return String(scalars: address)
                }
            } else {
                if scalar.isSpaceOrTab { break }
                if scalar == ")" {
                    if depth == 0 { break }
                    depth -= 1
                }
                if scalar == "(" { depth += 1 }
                // As in the reference implementation, so that a text of parentheses takes no time.
                if depth > 32 { return nil }
            }
            if scalar == "&", let (entity, width) = entity(at: index) {
                address.append(entity)
                index += width
            } else {
                address.append(scalar == "\t" ? " " : scalar)
                index += 1
            }
        }
        return isInAngles || depth > 0 ? nil : String(scalars: address)
    }

    private func entity(at index: Int) -> (Unicode.Scalar, width: Int)? {
        let candidate = scalars[index...].prefix(6)
        guard let end = candidate.firstIndex(of: ";"),
            let scalar = Self.entity(String(scalars: scalars[index...end]))
        else { return nil }
        return (scalar, end - index + 1)
    }
}
