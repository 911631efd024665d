/// The wording of findings about what would else be lost without a word.
extension Finding {
    static func nearMiss(_ miss: Remark.NearMiss, at place: SourcePlace) -> Finding {
        Finding(
            rule: TextRule.remark.rawValue, severity: miss.hasColon ? .error : .warning,
            place: place,
            message: "a comment that begins with \"\(miss.written)\" is not read; write "
                + "\"\(miss.meant.written)\", or another word where it is for you alone")
    }

    static func remarkInside(_ word: String, at place: SourcePlace) -> Finding {
        Finding(
            .remark, at: place,
            "\"\(word)\" is read only in a comment with lines of its own at the margin")
    }

    static func pausePartsNothing(at place: SourcePlace) -> Finding {
        Finding(
            .remark, at: place,
            "a pause parts what is shown of a step at once from what comes then; nothing of the "
                + "step stands on one side of this one")
    }

    static func notesNotPlain(_ what: String, at place: SourcePlace) -> Finding {
        Finding(
            .remark, at: place,
            "notes are paragraphs of plain text, without \(what); part thoughts by empty lines")
    }

    static func notUTF8(at place: SourcePlace) -> Finding {
        Finding(
            .encoding, at: place,
            "the file is not UTF-8 from here on (Windows-1252 or ISO 8859-1, most likely); save it "
                + "as UTF-8")
    }

    static func isUTF16(at place: SourcePlace) -> Finding {
        Finding(.encoding, at: place, "the file is UTF-16; save it as UTF-8")
    }
}
