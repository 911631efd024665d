/// The one reader of the separators in numbers that people write.
package enum NumberText {
    /// The text without the commas and low lines between its digits; nil where a comma parts no
    /// thousands. A comma does behind one to three digits that do not begin with 0, where exactly
    /// three follow and no decimal point came before: "1,024", but not "5,38" or "0,538".
    package static func plain(_ text: some StringProtocol) -> String? {
        let characters = Array(text)
        func isDigit(_ index: Int) -> Bool {
            characters.indices.contains(index) && characters[index].isASCII
                && characters[index].isNumber
        }
        for (comma, character) in characters.enumerated() where character == "," {
            var (start, end) = (comma, comma + 1)
            while isDigit(start - 1) { start -= 1 }
            while isDigit(end) { end += 1 }
            let before = start > 0 ? characters[start - 1] : " "
            guard end - comma == 4, 1...3 ~= comma - start, before != ".", before != "_",
                before == "," || characters[start] != "0"
            else { return nil }
        }
        return String(characters.filter { $0 != "," && $0 != "_" })
    }

    /// What is wrong with the commas of a text that `plain` does not take, with the right form:
    /// "a comma stands before groups of three digits only; write 5.38GiB".
    package static func advice(_ text: some StringProtocol) -> String {
        let sides = text.split(separator: ",", omittingEmptySubsequences: false)
        let isDecimal =
            sides.count == 2 && !sides.contains { $0.contains(".") || $0.contains("_") }
            && sides[0].last?.isNumber == true && sides[1].first?.isNumber == true
        let right = isDecimal ? "write \(sides.joined(separator: "."))" : "as in 1,024 or 1.5"
        return "a comma stands before groups of three digits only; \(right)"
    }
}
