import CourseScreens
import CourseSession
import TerminalCanvas

extension PseudoTerminal {
    /// The parameters of all style changes in the output.
    var styles: [[Int]] {
        text.matches(of: /\u{1B}\[([0-9;]*)m/).map { match in
            match.1.split(separator: ";").compactMap { Int($0) }
        }
    }

    /// The numbers of the colours that text is written in.
    var colours: Set<Int> {
        Set(
            styles.compactMap { style in
                if let at = style.firstIndex(of: 38), style.count > at + 2 {
                    return style[at + 2]
                }
                return style.compactMap { code -> Int? in
                    switch code {
                    case 30...37: code - 30
                    case 90...97: code - 82
                    default: nil
                    }
                }.first
            })
    }

    /// The numbers of the colours in which a step is drawn on a canvas: the one that terminals show
    /// here when nothing else is asked for.
    static func colours(drawnIn scheme: ColourScheme) -> Set<Int> {
        let course = Rendered.course
        let start = course.index(of: "gqa").map { (lesson: $0, step: 1) }
        let app = CourseApp(
            Session(course: course, at: start), size: Size(width: 80, height: 24))
        return Set(
            app.canvas().cells.filter { !$0.isSpace }.compactMap {
                scheme.colour(of: $0.style.ink)
            })
    }
}
