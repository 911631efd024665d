/// Settings as text: `l=96,b=1,n=96,g=8,h=128,s=1024,bytes=2`, with `c=512,r=64` for latent
/// attention and `wl=27,w=1024` for window layers.
extension CacheSetting {
    /// The whole setting as text that `init(text:)` reads back.
    package var text: String {
        Parameter.allCases.compactMap { parameter in
            guard let value = self[parameter] else { return nil }
            return parameter == .bytesPerNumber
                ? "bytes=\(numberWidth.bytesText)" : "\(parameter.letter)=\(value)"
        }.joined(separator: ",")
    }

    /// A whole setting; batch defaults to 1, bytes per number to 2, and K/V heads to the query
    /// heads. Throws the first part that is wrong.
    package init(text: String) throws(SettingError) {
        let changes = try Self.changes(text: text)
        for parameter in [Parameter.layers, .queryHeads, .headDimension, .tokens]
        where changes[parameter] == nil {
            throw .missing(parameter)
        }
        // All ones has g = n, which `setting(_:)` keeps where g is not named.
        let one = try AttentionShape(queryHeads: 1, keyValueHeads: 1, headDimension: 1)
        self = try CacheSetting(layers: 1, shape: one, tokens: 1).setting(changes)
    }

    /// The parameters that a text names, bytes per number in bits; any subset of them.
    ///
    /// Spaces around parts and separators inside numbers ("100,000" is two parts, "100_000" one)
    /// are the caller's: only `_` is taken inside a number.
    package static func changes(text: String) throws(SettingError) -> [Parameter: Int] {
        var changes: [Parameter: Int] = [:]
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let sides = part.split(separator: "=", omittingEmptySubsequences: false)
                .map { trimmed($0) }
            guard sides.count == 2, !sides[0].isEmpty, !sides[1].isEmpty else {
                throw .notAssignment(trimmed(part))
            }
            guard let parameter = Parameter(rawValue: sides[0]) else {
                throw .unknownLetter(sides[0])
            }
            guard changes[parameter] == nil else { throw .repeated(parameter.letter) }
            changes[parameter] = try value(of: parameter, text: sides[1])
        }
        return changes
    }

    /// One parameter's value from text, bytes per number in bits; thousands may be parted.
    package static func value(
        of parameter: Parameter, text: String
    ) throws(SettingError) -> Int {
        guard let digits = NumberText.plain(text) else { throw .misplacedComma(text) }
        if parameter == .bytesPerNumber {
            guard let width = NumberWidth(bytesText: digits) else { throw .unknownWidth(text) }
            return width.bits
        }
        if let value = Int(digits) { return value }
        let isWhole = !digits.isEmpty && digits.allSatisfy { $0.isASCII && $0.isNumber }
        throw isWhole ? .tooLarge : .notNumber(parameter, text)
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        var text = Substring(text)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
