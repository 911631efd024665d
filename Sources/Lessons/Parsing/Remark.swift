/// What a comment says to the program; the raw value is the word before its colon.
enum Remark: String, CaseIterable {
    case id, was, notes, minute, words
    /// The only one without a colon, and alone in its comment.
    case pause

    /// The remark of a comment's text; nil of one that is for the author alone.
    init?(_ comment: String) {
        let words = comment.split(maxSplits: 1, whereSeparator: \.isWhitespace)
        guard let word = words.first else { return nil }
        if word == Self.pause.rawValue, words.count == 1 || words[1].allSatisfy(\.isWhitespace) {
            self = .pause
            return
        }
        guard word.last == ":", let remark = Self(rawValue: String(word.dropLast())),
            remark != .pause
        else { return nil }
        self = remark
    }

    /// How it is written at the beginning of its comment.
    var written: String { self == .pause ? rawValue : rawValue + ":" }

    /// A comment that is none of them and was most likely to be one.
    struct NearMiss {
        let written: String
        let meant: Remark
        /// Whether the word stands before a colon, as in no sentence of the author's.
        let hasColon: Bool
    }

    /// The near miss that a comment's text is: "note: x", "Notes: x", "minute 3"; nil where it is a
    /// remark, or begins as any sentence does.
    static func nearMiss(_ comment: String) -> NearMiss? {
        guard Remark(comment) == nil else { return nil }
        let text = comment.drop(while: \.isWhitespace)
        let word = text.prefix(16).prefix(while: \.isLetter)
        let rest = text.dropFirst(word.count).drop(while: \.isWhitespace)
        let name = nearest(String(word), in: allCases.map(\.rawValue))
        guard let meant = name.flatMap(Remark.init(rawValue:)) else { return nil }
        let isAlone = rest.dropFirst().allSatisfy(\.isWhitespace)
        if rest.first == ":", meant != .pause || isAlone {
            return NearMiss(written: "\(word):", meant: meant, hasColon: true)
        }
        // Alone in its comment.
        if meant == .pause, rest.isEmpty {
            return NearMiss(written: String(word), meant: meant, hasColon: false)
        }
        let isAlike =
            switch meant {
            case .minute: rest.first?.isNumber == true
            case .notes: word.lowercased() == meant.rawValue
            case .id, .was, .words, .pause: false
            }
        return isAlike ? NearMiss(written: String(word), meant: meant, hasColon: false) : nil
    }
}

extension Finding {
    /// What is wrong with a comment in the midst of a text, in a list or in a quote, where it says
    /// nothing to the program; nil of one that is for the author alone.
    static func lostRemark(_ comment: String, at place: SourcePlace) -> Finding? {
        (Remark(comment) ?? Remark.nearMiss(comment).flatMap { $0.hasColon ? $0.meant : nil })
            .map { .remarkInside($0.written, at: place) }
    }
}
