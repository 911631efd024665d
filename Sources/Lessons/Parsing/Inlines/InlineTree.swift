import ForeignText

extension InlineParser {
    static let depthLimit = 16

    /// The pieces from an index to the last as a tree. Text on one line is one text.
    mutating func build(from first: Int, runs firstRun: Int, findings: inout FindingList)
        -> [Inline]
    {
        DelimiterRun.pair(&runs[firstRun...])
        var tree = InlineTree()
        for piece in pieces[first...] {
            switch piece {
            case .text(let text, let offset): tree.add(text, at: source.place(offset))
            case .inline(let inline): tree.add(inline)
            case .run(let index):
                let run = runs[index]
                for _ in run.closes { tree.close() }
                tree.add(
                    String(repeating: Character(run.mark), count: run.left),
                    at: source.place(run.offset + run.closes.reduce(0, +)))
                for width in run.opens.reversed() where !tree.open(width: width) {
                    guard !hasReportedDepth else { continue }
                    hasReportedDepth = true
                    findings.add(
                        .nestedTooDeep(limit: Self.depthLimit, at: source.place(run.offset)))
                }
            }
        }
        return tree.finished
    }
}

extension InlineParser {
    /// Inlines without the marks that are too many in a row since signs between them, or a comment,
    /// are gone.
    func streamSafe(_ inlines: [Inline], findings: inout FindingList) -> [Inline] {
        guard scalars.contains(where: { !$0.isASCII }) else { return inlines }
        var run = MarkRun()
        return inlines.map { $0.streamSafe(behind: &run, findings: &findings) }
    }
}

extension Inline {
    fileprivate func streamSafe(behind run: inout MarkRun, findings: inout FindingList) -> Inline {
        func taken(_ text: String, at place: SourcePlace) -> String {
            let taken = run.taken(text)
            if taken.utf8.count < text.utf8.count { findings.add(.tooManyMarks(at: place)) }
            return taken
        }
        func all(_ inlines: [Inline]) -> [Inline] {
            inlines.map { $0.streamSafe(behind: &run, findings: &findings) }
        }
        switch self {
        case .text(let text, let place): return .text(taken(text, at: place), place)
        case .code(let text, let place): return .code(taken(text, at: place), place)
        case .emphasis(let inner): return .emphasis(all(inner))
        case .strong(let inner): return .strong(all(inner))
        case .link(let inner, let destination): return .link(all(inner), destination: destination)
        case .figure(let figure):
            return .figure(
                Figure(
                    quantity: figure.quantity, arguments: figure.arguments,
                    written: taken(figure.written, at: figure.place), place: figure.place))
        case .lineBreak:
            run = MarkRun()
            return self
        }
    }
}

/// A tree of emphasis under construction, from opening and closing marks that nest.
private struct InlineTree {
    private struct Level {
        let width: Int
        var inlines: [Inline] = []
    }

    private var levels = [Level(width: 0)]
    /// The levels past the limit, which leave no trace but their content.
    private var ignored = 0
    /// Text that may go on.
    private var text = ""
    private var place: SourcePlace?

    mutating func add(_ more: String, at place: SourcePlace) {
        guard !more.isEmpty else { return }
        if self.place?.line != place.line { endText() }
        if text.isEmpty { self.place = place }
        text += more
    }

    mutating func add(_ inline: Inline) {
        endText()
        levels[levels.count - 1].inlines.append(inline)
    }

    /// False where the limit of nesting is reached.
    mutating func open(width: Int) -> Bool {
        endText()
        guard levels.count <= InlineParser.depthLimit else {
            ignored += 1
            return false
        }
        levels.append(Level(width: width))
        return true
    }

    mutating func close() {
        if ignored > 0 {
            ignored -= 1
            return
        }
        endText()
        guard levels.count > 1, let level = levels.popLast() else { return }
        add(level.width == 2 ? .strong(level.inlines) : .emphasis(level.inlines))
    }

    private mutating func endText() {
        if let place, !text.isEmpty {
            levels[levels.count - 1].inlines.append(.text(text, place))
        }
        text = ""
        place = nil
    }

    var finished: [Inline] {
        mutating get {
            endText()
            return levels[0].inlines
        }
    }
}

extension [Inline] {
    /// The words alone, figures as they are written.
    var plainText: String {
        map { inline in
            switch inline {
            case .text(let text, _), .code(let text, _): text
            case .emphasis(let inlines), .strong(let inlines), .link(let inlines, _):
                inlines.plainText
            case .figure(let figure): figure.written
            case .lineBreak: " "
            }
        }.joined()
    }

    var firstFigure: Figure? {
        for inline in self {
            switch inline {
            case .figure(let figure): return figure
            case .emphasis(let inlines), .strong(let inlines), .link(let inlines, _):
                if let figure = inlines.firstFigure { return figure }
            case .text, .code, .lineBreak: break
            }
        }
        return nil
    }
}
