import CourseSession
import TerminalCanvas

/// The models' files that the program found on this machine, to open one, with what is known of the
/// marked one.
struct FilesScreen: SearchedList {
    var selected = 0 { didSet { isMoved = true } }
    /// Whether another file was marked than the first, whichever that is.
    private(set) var isMoved = false

    static let keys = KeyBinding.list(closedBy: "m", searched: "the files")

    var search: any Screen { ListSearchScreen(list: self) }

    func entries(in app: CourseApp) -> [ModelFile] { app.session.modelFiles.found }

    func text(of file: ModelFile, in app: CourseApp) -> String {
        [file.name, file.facts, file.shownPath].joined(separator: " ")
    }

    func choose(_ file: ModelFile, in app: inout CourseApp) -> Next {
        let effects = app.session.open(file)
        return effects.isEmpty ? .stays : .asks(effects)
    }

    private static let (sizeWidth, kindWidth, formatWidth) = (11, 10, 9)
    /// Columns of the mark and of what stands behind the name.
    private static let behindName = 2 + sizeWidth + kindWidth + formatWidth

    func page(in app: CourseApp) -> Page? {
        let models = app.session.modelFiles
        let looking = "Looking\(app.glyphs.ellipsis)"
        guard !models.found.isEmpty else {
            let lines =
                models.isLooking
                ? [[Span(looking, .faint)]]
                : MachineModels.noneWords.flatMap { app.wrapped($0) + [[]] }
            return Page(
                title: "Models' files on this machine", lines: open(in: app) + [[]] + lines)
        }
        return page(of: models.found, selected: selected, in: app)
    }

    func page(of files: [ModelFile], selected: Int, in app: CourseApp) -> Page {
        let models = app.session.modelFiles
        let looking = "Looking\(app.glyphs.ellipsis)"
        let nameWidth = nameWidth(app)
        // Where no words have room the mark says it, and the rows below.
        let isWide = app.pageWidth - nameWidth - Self.behindName >= 12
        let lines = files.map { file -> Line in
            let isRun = file.obstacle == nil
            let mark =
                isRun ? Span("\(app.glyphs.tick) ", Style(.good)) : Span("\(app.glyphs.wrong) ")
            return [
                mark, Span(name(file.name, width: nameWidth, app.glyphs), isRun ? .plain : .faint),
            ]
                + [
                    Span(file.size.decimal.leading(to: Self.sizeWidth - 2) + "  "),
                    Span(file.architecture.padded(to: Self.kindWidth), .faint),
                    Span(file.format.padded(to: Self.formatWidth), .faint),
                    Span(isWide ? words(of: file, in: app) : "", .faint),
                ]
        }
        let more = models.isLooking ? looking : models.isCut ? "There are more." : ""
        var page = Page(
            title: "Models' files on this machine: \(files.count)", lines: lines,
            selected: min(selected, files.count - 1))
        page.heading = open(in: app)
        if !more.isEmpty { page.heading.append([Span(more, .faint)]) }
        page.footing = details(of: files[min(selected, files.count - 1)], app)
        return page
    }

    /// The model that is open, and where its file lies: it may be none of those found.
    private func open(in app: CourseApp) -> [Line] {
        let path = app.session.openModelPath.map { "  " + $0 } ?? ""
        let line: Line = [Span(app.session.openModelWords), Span(path, .faint)]
        return [line.shortened(to: app.pageWidth, glyphs: app.glyphs)]
    }

    private func words(of file: ModelFile, in app: CourseApp) -> String {
        if app.session.isOpen(file) { return "is open" }
        return file.obstacle.map { "it \($0)" } ?? "can be run"
    }

    /// As wide as the longest name, and at the most what rows have beside the rest.
    private func nameWidth(_ app: CourseApp) -> Int {
        let longest = entries(in: app).reduce(8) { max($0, columns(of: $1.name)) } + 1
        return max(8, min(longest, app.pageWidth - Self.behindName))
    }

    private func name(_ name: String, width: Int, _ glyphs: Glyphs) -> String {
        [Span(name)].shortened(to: width - 1, glyphs: glyphs).map(\.text).joined()
            .padded(to: width)
    }

    /// What is known of a file, in as many rows for each, so that the list stands still.
    private func details(of file: ModelFile, _ app: CourseApp) -> [Line] {
        let count = app.size.height < 24 ? 4 : 6
        let lines = app.wrapped(file.facts) + app.wrapped(file.shownPath, .faint)
        return Array((lines + Array(repeating: [], count: count)).prefix(count))
    }
}
