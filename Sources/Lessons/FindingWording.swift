import ForeignText

/// The rules of lesson text. Their names are stable: editors and scripts select by them.
package enum TextRule: String, CaseIterable, Sendable {
    /// The file begins with front matter between two lines `---`, with a title and a summary.
    case frontMatter = "front-matter"
    /// Front matter and the bodies of blocks in braces are plain YAML mappings of modest size.
    case yaml
    /// A lesson is a row of steps, and no step is empty.
    case step
    /// Every step has an id of its own, of letters, digits and hyphens.
    case stepID = "step-id"
    /// Speaker notes and minute marks belong to a step, and time goes on; words belong to a
    /// paragraph or to code.
    case remark
    /// What a fence opens, a fence closes.
    case fence
    /// A block in braces is `{name}` at the margin.
    case directive
    /// A comment that is opened is closed, and stands alone.
    case comment
    /// A link has an address without spaces.
    case link
    /// Every row of a table has as many cells as its header.
    case table
    /// Only the Markdown that the program shows.
    case markdown
    /// Text is UTF-8.
    case encoding
    /// No control characters but newline and tab.
    case controlCharacter = "control-character"
    /// No more marks on a character than a letter of any language has.
    case marks
    /// A lesson is not longer than a lesson can be.
    case size
}

/// The wording of every finding the parser makes.
extension Finding {
    init(_ rule: TextRule, at place: SourcePlace, _ message: String) {
        self.init(rule: rule.rawValue, place: place, message: message)
    }

    // Front matter

    static func frontMatterMissing(at place: SourcePlace) -> Finding {
        Finding(
            .frontMatter, at: place,
            "a lesson begins with front matter: title and summary between two lines of ---")
    }

    static func frontMatterUnterminated(at place: SourcePlace) -> Finding {
        Finding(.frontMatter, at: place, "the front matter is not closed by a line of ---")
    }

    static func frontMatterLacks(_ key: String, at place: SourcePlace) -> Finding {
        Finding(.frontMatter, at: place, "the front matter needs a \(key), as in \"\(key): text\"")
    }

    // YAML

    static func yamlProblem(_ sentence: String, at place: SourcePlace) -> Finding {
        Finding(.yaml, at: place, sentence)
    }

    static func yamlAnchor(at place: SourcePlace) -> Finding {
        Finding(.yaml, at: place, "YAML anchors and aliases are not supported; write the value out")
    }

    static func yamlTag(at place: SourcePlace) -> Finding {
        Finding(
            .yaml, at: place, "YAML tags are not supported; leave it out, or quote the text")
    }

    static func yamlNotMapping(at place: SourcePlace) -> Finding {
        Finding(.yaml, at: place, "lines of \"key: value\" belong here")
    }

    static func yamlKeyNotWord(at place: SourcePlace) -> Finding {
        Finding(.yaml, at: place, "a key is a single word, not a list or a mapping")
    }

    static func yamlDuplicate(key: String, at place: SourcePlace) -> Finding {
        Finding(.yaml, at: place, "\"\(key)\" appears twice; keep one")
    }

    static func yamlTooDeep(limit: Int, at place: SourcePlace) -> Finding {
        Finding(.yaml, at: place, "YAML may be nested at most \(limit) levels deep")
    }

    static func yamlTooLong(limit: Int, at place: SourcePlace) -> Finding {
        Finding(.yaml, at: place, "this YAML is longer than the limit of \(limit / 1024) KiB")
    }

    // Steps

    static func textBeforeSteps(at place: SourcePlace) -> Finding {
        Finding(
            .step, at: place,
            "text before the first step is not shown; put it under a ## heading")
    }

    static func noSteps(at place: SourcePlace) -> Finding {
        Finding(.step, at: place, "the lesson has no steps; start each with a ## heading")
    }

    static func emptyStep(at place: SourcePlace) -> Finding {
        Finding(.step, at: place, "the step is empty; write under its heading, or remove it")
    }

    static func untitledStep(at place: SourcePlace) -> Finding {
        Finding(.step, at: place, "the step has no title; write one after the ##")
    }

    static func figureInStepTitle(at place: SourcePlace) -> Finding {
        Finding(.step, at: place, "figures are not computed in a step's title; move it below")
    }

    static func duplicateStepID(_ id: String, renamed: String, at place: SourcePlace) -> Finding {
        Finding(
            .stepID, at: place,
            "another step has the id \"\(id)\" (this one is now \"\(renamed)\");"
                + " add <!-- id: another-id --> under the heading")
    }

    static func badStepID(_ id: String, at place: SourcePlace) -> Finding {
        Finding(
            .stepID, at: place,
            "\"\(id)\" is not an id; use lower-case letters, digits and single hyphens")
    }

    static func lateStepID(at place: SourcePlace) -> Finding {
        Finding(.stepID, at: place, "a step's id goes once, right under its heading")
    }

    static func remarkOutsideStep(at place: SourcePlace) -> Finding {
        Finding(
            .remark, at: place,
            "notes, minutes and former ids go below the heading of their step")
    }

    static func wordsForNothing(at place: SourcePlace) -> Finding {
        Finding(
            .remark, at: place,
            "words go right before the paragraph or code block that they replace")
    }

    static func badMinute(_ text: String, at place: SourcePlace) -> Finding {
        Finding(
            .remark, at: place,
            "\"\(text)\" is not a minute mark: one a step, a whole number up to 600, not before "
                + "the previous mark")
    }

    // Blocks

    static func unterminatedFence(_ fence: String, at place: SourcePlace) -> Finding {
        Finding(.fence, at: place, "this block is not closed; end it with a line of \(fence)")
    }

    static func directiveName(_ info: String, at place: SourcePlace) -> Finding {
        Finding(
            .directive, at: place,
            "\"\(info)\" is not a block; write {name} with letters, digits and hyphens")
    }

    static func nestedDirective(_ name: String, at place: SourcePlace) -> Finding {
        Finding(
            .directive, at: place,
            "{\(name)} is inside a list or a quote; blocks in braces start at the margin")
    }

    static func unterminatedComment(at place: SourcePlace) -> Finding {
        Finding(.comment, at: place, "this comment is not closed; end it with -->")
    }

    static func textAfterComment(at place: SourcePlace) -> Finding {
        Finding(.comment, at: place, "text after a comment needs a line of its own")
    }

    static func tableHeader(header: Int, alignments: Int, at place: SourcePlace) -> Finding {
        Finding(
            .table, at: place,
            "the table's header has \(header) cells, and the row of dashes \(alignments)")
    }

    static func tableRow(cells: Int, header: Int, at place: SourcePlace) -> Finding {
        Finding(
            .table, at: place,
            "this row has \(cells) cells, the header \(header); write | inside a cell as \\|")
    }

    static func tableTooWide(columns: Int, limit: Int, at place: SourcePlace) -> Finding {
        Finding(
            .table, at: place, "a table of \(columns) columns does not fit; the limit is \(limit)")
    }

    static func nestedTooDeep(limit: Int, at place: SourcePlace) -> Finding {
        Finding(
            .markdown, at: place,
            "lists, quotes and emphasis nest \(limit) levels deep; the rest is plain text")
    }

    // Markdown outside the supported part

    static func titleInside(at place: SourcePlace) -> Finding {
        Finding(.markdown, at: place, "# is the lesson's title; use ### for a heading in a step")
    }

    static func stepInside(at place: SourcePlace) -> Finding {
        Finding(
            .markdown, at: place,
            "a heading inside a list or a quote starts no step; use ### or move it to the margin")
    }

    static func headingWithoutSpace(at place: SourcePlace) -> Finding {
        Finding(.markdown, at: place, "a heading needs a space after its #")
    }

    static func setextHeading(at place: SourcePlace) -> Finding {
        Finding(.markdown, at: place, "underlined headings are not read; use ## or ###")
    }

    static func thematicBreak(at place: SourcePlace) -> Finding {
        Finding(.markdown, at: place, "rules are not drawn; start a step with ##, or leave it out")
    }

    static func indentedCode(at place: SourcePlace) -> Finding {
        Finding(
            .markdown, at: place,
            "indented code is not read; put it between lines of ```, or indent it less")
    }

    static func taskList(at place: SourcePlace) -> Finding {
        Finding(.markdown, at: place, "boxes in lists are not drawn; use a plain list, or {ask}")
    }

    static func image(at place: SourcePlace) -> Finding {
        Finding(
            .markdown, at: place,
            "images are not shown in a terminal; use a block in braces, or a ``` block of text")
    }

    static func html(_ tag: String, at place: SourcePlace) -> Finding {
        Finding(
            .markdown, at: place,
            "HTML is not shown; use Markdown in place of \(tag), or write < as &lt;")
    }

    static func referenceLink(at place: SourcePlace) -> Finding {
        Finding(
            .markdown, at: place,
            "reference links are not read; write the address inline: [text](address)")
    }

    static func footnote(at place: SourcePlace) -> Finding {
        Finding(.markdown, at: place, "footnotes are not shown; put the note in the text")
    }

    static func strikethrough(at place: SourcePlace) -> Finding {
        Finding(.markdown, at: place, "strikethrough is not shown; leave it out, or write \\~")
    }

    static func entity(_ entity: String, at place: SourcePlace) -> Finding {
        Finding(
            .markdown, at: place,
            "\(entity) is not read here; write the character itself, or & as &amp;")
    }

    static func linkTitle(at place: SourcePlace) -> Finding {
        Finding(.markdown, at: place, "a link's title is not shown; leave it out")
    }

    static func brokenLink(at place: SourcePlace) -> Finding {
        Finding(
            .link, at: place,
            "this is not read as a link; its address needs no spaces and a ) at its end")
    }

    // The file

    static func controlCharacter(_ scalar: Unicode.Scalar, at place: SourcePlace) -> Finding {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let padding = String(repeating: "0", count: max(0, 4 - digits.count))
        return Finding(
            .controlCharacter, at: place, "remove the invisible character U+\(padding)\(digits)")
    }

    static func tooManyMarks(at place: SourcePlace) -> Finding {
        Finding(
            .marks, at: place,
            "more than \(MarkRun.longest) marks are on one character; remove the others")
    }

    static func tooLong(limit: Int, at place: SourcePlace) -> Finding {
        Finding(
            .size, at: place, "the file is longer than the \(limit >> 20) MiB a lesson may take")
    }

    static func tooManyFindings(limit: Int, at place: SourcePlace) -> Finding {
        Finding(.size, at: place, "there are more than \(limit) findings; the rest is left out")
    }

    // What would else be lost without a word

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
