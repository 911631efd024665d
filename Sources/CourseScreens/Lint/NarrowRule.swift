import CourseContent
import CourseSession
import Lessons
import TerminalCanvas

extension CourseLint {
    /// Code is as wide as on no screen more than prose has columns, and no word of a table is
    /// broken.
    ///
    /// Columns of prose are fewest on the smallest screen, or beside pictures where these begin to
    /// stand beside it.
    @Sendable static func narrowRule(_ lesson: PreparedLesson) -> [Finding] {
        let course = Course(lessons: [lesson])
        return lesson.lesson.steps.enumerated().flatMap { index, step in
            let (prose, widgets) = (lesson.steps[index].prose, lesson.steps[index].widgets)
            let grids = widgets.compactMap { widget -> TooWide? in
                guard case .grid(let spec) = widget else { return nil }
                return GridView(spec: spec, width: CourseApp.leastSize.width, glyphs: .unicode)
                    .table.brokenWord.map(TooWide.word)
            }.map { what in
                Finding(
                    rule: "width", place: step.place,
                    message: what.sentence(on: "60x20", width: CourseApp.leastSize.width))
            }
            guard prose.contains(where: { $0.holdsColumns }) else { return grids }
            let screens = [CourseApp.leastSize, Size(width: 100, height: 30)].map { size in
                var session = Session(course: course, at: (0, index))
                session.showWhole()
                let app = CourseApp(session, size: size)
                return (size, app.stepLayout.prose.width)
            }
            guard let (size, width) = screens.min(by: { $0.1 < $1.1 }) else { return grids }
            let screen = "\(size.width)x\(size.height)"
            return grids
                + prose.flatMap { $0.tooWide(for: width) }.map { what in
                    Finding(
                        rule: "width", place: step.place,
                        message: what.sentence(on: screen, width: width))
                }
        }
    }
}

/// What does not fit into some columns.
private enum TooWide {
    case code(line: String, columns: Int)
    case word(String)

    func sentence(on screen: String, width: Int) -> String {
        switch self {
        case .code(let line, let columns):
            "the line of code '\(line.prefix(24))...' takes \(columns) columns, and \(screen) shows "
                + "\(width) of them; break it"
        case .word(let word):
            "the table has no room for '\(word)' on \(screen), where it is broken; use shorter "
                + "words, or fewer columns"
        }
    }
}

extension Block {
    /// Whether what stands in columns of its own is in it.
    fileprivate var holdsColumns: Bool {
        switch self {
        case .code, .table: true
        case .list(_, let items): items.contains { $0.contains { $0.holdsColumns } }
        case .quote(let blocks): blocks.contains { $0.holdsColumns }
        case .paragraph, .heading, .directive: false
        }
    }

    /// What of it does not fit into some columns; of a block of code its widest line.
    fileprivate func tooWide(for width: Int) -> [TooWide] {
        switch self {
        case .code(_, let lines, _):
            // Code stands two columns in.
            let widest = lines.max { columns(of: $0) < columns(of: $1) } ?? ""
            let taken = columns(of: widest) + 2
            return taken > width ? [.code(line: widest, columns: taken)] : []
        case .table(let table):
            let prose = ProseLayout(width: width, glyphs: .unicode) { $0.written }
            return prose.table(table).brokenWord.map { [.word($0)] } ?? []
        case .list(_, let items): return items.flatMap { $0.flatMap { $0.tooWide(for: width - 2) } }
        case .quote(let blocks): return blocks.flatMap { $0.tooWide(for: width - 2) }
        case .paragraph, .heading, .directive: return []
        }
    }
}
