import ArgumentParser
import AttentionEngine
import CourseContent
import CourseSession
import CursesTerminal
import TerminalCanvas

/// `headroom lessons`: what there is to learn, and how far it is learned.
struct LessonsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lessons",
        abstract: "List the lessons and their steps, and what you have done.",
        discussion: """
            Lessons and steps are listed with the ids that learn, present and render take.
            A step is new or seen; its question, if any, is open, right (at the first
            guess, or in a review), missed, or answered in your own words.

            EXAMPLES
              headroom lessons
              headroom lessons gqa          one lesson
              headroom lessons --json       an array of lessons
            """)

    @Argument(help: "The lesson's id or number (default: all).", completion: .lessons)
    var lesson: String?

    @Flag(help: "Print an array of objects instead of a table.")
    var json = false

    @Flag(help: "Write with plain ASCII.")
    var ascii = false

    @OptionGroup var folder: CourseFolderOption

    func run() throws {
        let files = try folder.files()
        let course = files.course
        let index = try lesson.map { try CourseOptions.index(of: $0, in: course) }
        let progress = try ProgressFile(files).progress().named(as: course)
        let shown = course.lessons.enumerated().filter { index == nil || $0.offset == index }
            .map { LessonEntry(number: $0.offset + 1, lesson: $0.element, progress: progress) }
        if json { return print(JSON.array(shown.map(\.json)).text) }
        let table = LessonTable(
            width: LineTerminal.width ?? 80, glyphs: LineTerminal.glyphs(ascii: ascii))
        var lines = table.lines(shown)
        if index == nil {
            let book = Notebook(course: course, progress: progress, races: [])
            lines += table.paragraph(ended(book.counts))
        }
        print(lines.joined(separator: "\n"))
    }
}

/// A lesson with how far its steps are.
struct LessonEntry {
    /// Counted from 1, as `learn` counts.
    let number: Int
    let lesson: PreparedLesson
    let steps: [(step: PreparedStep, state: StepState)]
    private let notes: [StepID: Int]

    init(number: Int, lesson: PreparedLesson, progress: CourseProgress) {
        self.number = number
        self.lesson = lesson
        steps = lesson.steps.map { ($0, progress.state(of: $0, in: lesson)) }
        notes = progress.notes.values.reduce(into: [:]) { $0[$1.position.step, default: 0] += 1 }
    }

    /// Steps seen.
    var seen: Int { steps.count { $0.state != .new } }

    /// "3 of 9 steps seen, 1 of 2 questions right", of a lesson that asks nothing the first half.
    var counts: String {
        let asking = steps.filter { $0.step.question != nil }
        let right = asking.count { $0.state == .right || $0.state == .answered }
        return "\(seen) of \(counted(steps.count, "step")) seen"
            + (asking.isEmpty
                ? "" : ", \(right) of \(counted(asking.count, "question")) right")
    }

    var json: JSON {
        .object([
            ("id", .string(lesson.id)), ("number", .int(number)), ("title", .string(lesson.title)),
            ("summary", .string(lesson.summary)), ("steps_seen", .int(seen)),
            (
                "steps",
                .array(
                    steps.enumerated().map { index, entry in
                        .object([
                            ("id", .string(entry.step.id)), ("number", .int(index + 1)),
                            ("title", .string(entry.step.title)),
                            ("state", .string(entry.state.rawValue)),
                            ("question", entry.step.question.map { .string($0.id) } ?? .null),
                            ("notes", .int(notes[lesson.id(of: entry.step)] ?? 0)),
                        ])
                    })
            ),
        ])
    }
}

/// Lessons and steps as lines for a terminal. What is too wide goes on below itself.
struct LessonTable {
    let width: Int
    let glyphs: Glyphs

    /// The lessons, each with a line of its own above its steps and a blank one below them.
    func lines(_ entries: [LessonEntry]) -> [String] {
        let ids = entries.flatMap { $0.steps.map { columns(of: glyphs.printable($0.step.id)) } }
        // Room is left for the shortest of titles.
        let room = min(ids.max() ?? 0, max(8, width - 36))
        return entries.flatMap { entry in
            row(
                "\(entry.number) ",
                "\(entry.lesson.id): \(ended(entry.lesson.title)) \(entry.counts)")
                + entry.steps.enumerated().flatMap { index, step in
                    let id = glyphs.printable(step.step.id)
                    let number = String(index + 1).leading(to: 4)
                    let start = "\(number)  \(step.state.rawValue.padded(to: 8))  "
                    guard columns(of: id) <= room else {
                        return row(start, id)
                            + row(
                                String(repeating: " ", count: columns(of: start) + 2),
                                step.step.title)
                    }
                    return row(start + id.padded(to: room) + "  ", step.step.title)
                } + [""]
        }
    }

    /// A text over as many lines as it needs.
    func paragraph(_ text: String) -> [String] { row("", text) }

    /// A text over as many lines as it needs, behind what stands on the first of them.
    private func row(_ start: String, _ text: String) -> [String] {
        wrapped(
            [Span(glyphs.printable(text))], behind: Span(start), width: width, glyphs: glyphs
        ).map { line in
            var text = line.map(\.text).joined()
            while text.last == " " { text.removeLast() }
            return text
        }
    }
}
