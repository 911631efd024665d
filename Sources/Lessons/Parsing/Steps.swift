/// The steps of a lesson, cut from its blocks at the headings of level 2.
struct StepSplitter {
    private(set) var title: String?
    private(set) var steps: [Step] = []
    private var findings: FindingList
    private var open: OpenStep?
    private var ids: Set<String> = []
    /// How often an id was asked for, so that a thousand equal headings take no search each.
    private var requests: [String: Int] = [:]
    private var hasTextBefore = false

    private struct OpenStep {
        let title: String
        let place: SourcePlace
        var id: String?
        /// Where the comment with the id stands.
        var idPlace: SourcePlace?
        var blocks: [Block] = []
        var notes: [String] = []
        /// Where it pauses.
        var pauses: [Step.Pause] = []
        var pausePlace: SourcePlace?
        var minute: Int?
        var former: [FormerStep] = []
        /// Words for the block of code that must come next.
        var words: (text: String, place: SourcePlace)?
    }

    /// The newest minute mark: a class does not go back in time.
    private var minute = 0

    /// `start` is where to report that there are no steps. Without front matter its lines are what
    /// stands before the first step, and one finding says so already.
    init(
        _ blocks: [BlockParser.TopBlock], start: SourcePlace, hasFrontMatter: Bool,
        findings: inout FindingList
    ) {
        self.findings = findings
        hasTextBefore = !hasFrontMatter
        for block in blocks { take(block) }
        closeStep()
        if steps.isEmpty { self.findings.add(.noSteps(at: start)) }
        findings = self.findings
    }

    private mutating func take(_ block: BlockParser.TopBlock) {
        switch block.content {
        case .heading(level: 2, let inlines):
            closeStep()
            open = OpenStep(title: inlines.plainText, place: block.place)
            if inlines.plainText.isEmpty { findings.add(.untitledStep(at: block.place)) }
            if let figure = inlines.firstFigure {
                findings.add(.figureInStepTitle(at: figure.place))
            }
        case .heading(_, let inlines):
            if open == nil, title == nil, !hasTextBefore {
                title = inlines.plainText
            } else {
                findings.add(.titleInside(at: block.place))
                add(.heading(level: 3, inlines), at: block.place)
            }
        case .comment(let text): takeComment(text, at: block.place)
        case .block(let content): add(content, at: block.place)
        }
    }

    private mutating func add(_ block: Block, at place: SourcePlace) {
        if let words = open?.words {
            open?.words = nil
            switch block {
            case .code(let language, let lines, _):
                open?.blocks.append(.code(language: language, lines: lines, words: words.text))
                return
            case .paragraph(let inlines, _):
                open?.blocks.append(.paragraph(inlines, words: words.text))
                return
            default: findings.add(.wordsForNothing(at: words.place))
            }
        }
        if open != nil {
            open?.blocks.append(block)
        } else if !hasTextBefore {
            hasTextBefore = true
            findings.add(.textBeforeSteps(at: place))
        }
    }

    /// Takes what a comment says about its step: `id: my-id`, `was: old-id`, `notes: ...`,
    /// `minute: 12`, or about the block behind it: `words: ...`. Other comments say nothing to us.
    private mutating func takeComment(_ text: String, at place: SourcePlace) {
        let words = text.split(whereSeparator: \.isWhitespace)
        switch Remark(text) {
        case .id: takeID(words, at: place)
        case .was: takeFormer(words.dropFirst(), at: place)
        case .notes: takeNotes(text, at: place)
        case .minute: takeMinute(words, at: place)
        case .words:
            dropWords()
            guard open != nil, words.count > 1 else {
                return findings.add(.wordsForNothing(at: place))
            }
            open?.words = (words.dropFirst().joined(separator: " "), place)
        case .pause: takePause(at: place)
        case nil:
            if let miss = Remark.nearMiss(text) { findings.add(.nearMiss(miss, at: place)) }
        }
    }

    private mutating func takePause(at place: SourcePlace) {
        guard let step = open, step.blocks.count > step.pauses.last?.blocks ?? 0 else {
            return findings.add(.pausePartsNothing(at: place))
        }
        open?.pauses.append(Step.Pause(blocks: step.blocks.count, notes: step.notes.count))
        open?.pausePlace = place
    }

    private mutating func takeNotes(_ text: String, at place: SourcePlace) {
        guard open != nil else { return findings.add(.remarkOutsideStep(at: place)) }
        let own = text.drop(while: \.isWhitespace).dropFirst("notes:".count)
        if let what = Self.markup(in: own, at: place) {
            findings.add(.notesNotPlain(what, at: place))
        }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
        let paragraphs = lines.split(separator: "").map { $0.joined(separator: " ") }
            .joined(separator: "\n").dropFirst("notes:".count)
        open?.notes += paragraphs.split(separator: "\n").map {
            String($0.drop(while: \.isWhitespace))
        }.filter { !$0.isEmpty }
    }

    /// What in notes is more than plain text, and would be lost or shown as its signs.
    private static func markup(in notes: Substring, at place: SourcePlace) -> String? {
        for line in notes.split(separator: "\n") {
            let text = line.drop(while: \.isWhitespace)
            let signs = Array(text.unicodeScalars)[...]
            // A number at a line's beginning is one of a sentence, unless it is a list's first.
            if let marker = ListMarker(signs), marker.start ?? 1 == 1,
                !signs.dropFirst(marker.width).trimmed.isEmpty
            {
                return "lists"
            }
            if text.hasPrefix("```") || text.hasPrefix("~~~") { return "blocks of code" }
            if text.hasPrefix("#") { return "headings" }
            if text.hasPrefix("|") { return "tables" }
        }
        let inlines = Inline.parse(String(notes), at: place).inlines
        for inline in inlines {
            switch inline {
            case .figure, .link: return "figures and links"
            case .emphasis, .strong: return "emphasis"
            case .text, .code, .lineBreak: break
            }
        }
        return nil
    }

    private mutating func takeMinute(_ words: [Substring], at place: SourcePlace) {
        guard open != nil else { return findings.add(.remarkOutsideStep(at: place)) }
        guard words.count == 2, let mark = Int(words[1]), (minute...600).contains(mark),
            open?.minute == nil
        else {
            findings.add(.badMinute(words.dropFirst().joined(separator: " "), at: place))
            return
        }
        minute = mark
        open?.minute = mark
    }

    private mutating func takeID(_ words: [Substring], at place: SourcePlace) {
        guard let step = open, step.blocks.isEmpty, step.id == nil else {
            findings.add(.lateStepID(at: place))
            return
        }
        let id = words.dropFirst().joined(separator: " ")
        let slug = Self.slug(id)
        if slug != id || id.isEmpty { findings.add(.badStepID(id, at: place)) }
        if !slug.isEmpty {
            open?.id = slug
            open?.idPlace = place
        }
    }

    /// Names of steps that lead to this one, with commas or blanks between them.
    private mutating func takeFormer(_ words: ArraySlice<Substring>, at place: SourcePlace) {
        guard open != nil else { return findings.add(.remarkOutsideStep(at: place)) }
        let names = words.flatMap { $0.split(separator: ",") }
        if names.isEmpty { findings.add(.badStepID("", at: place)) }
        for name in names {
            let parts = name.split(separator: "/", omittingEmptySubsequences: false)
                .map(String.init)
            guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && Self.slug($0) == $0 }) else {
                findings.add(.badStepID(String(name), at: place))
                continue
            }
            open?.former.append(
                FormerStep(
                    lesson: parts.count == 2 ? parts[0] : nil, id: parts[parts.count - 1],
                    place: place))
        }
    }

    /// Words that no code came behind.
    private mutating func dropWords() {
        if let words = open?.words { findings.add(.wordsForNothing(at: words.place)) }
        open?.words = nil
    }

    private mutating func closeStep() {
        dropWords()
        guard let step = open else { return }
        open = nil
        if step.blocks.isEmpty { findings.add(.emptyStep(at: step.place)) }
        if let place = step.pausePlace, step.pauses.last?.blocks == step.blocks.count {
            findings.add(.pausePartsNothing(at: place))
        }
        var wanted = step.id ?? Self.slug(step.title)
        if wanted.isEmpty { wanted = "step" }
        var id = wanted
        while !ids.insert(id).inserted {
            requests[wanted, default: 1] += 1
            id = "\(wanted)-\(requests[wanted, default: 1])"
        }
        if id != wanted {
            findings.add(.duplicateStepID(wanted, renamed: id, at: step.idPlace ?? step.place))
        }
        steps.append(
            Step(
                id: id, title: step.title, place: step.place, blocks: step.blocks,
                notes: step.notes, minute: step.minute, former: step.former,
                pauses: step.pauses))
    }

    /// Letters and digits in small letters, everything between them one hyphen, but an apostrophe
    /// nothing.
    static func slug(_ title: String) -> String {
        title.lowercased().filter { $0 != "'" && $0 != "’" }.split { !$0.isLetter && !$0.isNumber }
            .joined(separator: "-")
    }
}
