import ArgumentParser
import AttentionEngine
import CourseContent
import CourseSession
import Lessons
import TerminalCanvas

/// What `learn`, `present` and `render` have in common: a course, a lesson, a step and a setting.
struct CourseOptions: ParsableArguments {
    @Argument(help: "The lesson's id or number.", completion: .lessons)
    var lesson: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The step, counted from 1, or its id.", valueName: "N"),
        completion: .steps)
    var step: String?

    @Option(
        help: ArgumentHelp(
            "Use the values of a model from 'headroom models'.", valueName: "ID"),
        completion: .models)
    var model: String?

    @Flag(help: "Free all sliders, as e does.")
    var explore = false

    @Option(
        help: ArgumentHelp(
            "A setting as text, whole or in part, such as g=8,s=2048, instead of the step's own.",
            valueName: "STRING"))
    var state: String?

    @OptionGroup var folder: CourseFolderOption

    /// The lesson's index in a course, checked together with the step.
    func start(in course: Course) throws -> (lesson: Int, step: Int)? {
        try Self.requireLessons(in: course)
        guard let lesson = lesson ?? folder.lesson else {
            if step != nil { throw ValidationError("--step needs a lesson before it") }
            return nil
        }
        let index = try Self.index(of: lesson, in: course)
        guard let step else { return (index, 0) }
        let ids = course.lessons[index].stepIDs
        let named = StepID(lesson: course.lessons[index].id, part: step)
        if let place = course.find(named) { return place }
        guard let number = Int(step), (1...max(1, ids.count)).contains(number) else {
            let near = nearest(step, in: ids).map { "; did you mean '\($0)'?" } ?? ""
            throw ValidationError(
                "--step \(step): lesson '\(course.lessons[index].id)' has steps 1 to \(ids.count)"
                    + near)
        }
        return (index, number - 1)
    }

    /// The index of the lesson of a name.
    static func index(of lesson: String, in course: Course) throws -> Int {
        try requireLessons(in: course)
        guard let index = course.index(of: lesson) else {
            let ids = course.lessons.map(\.id)
            let near = nearest(lesson, in: ids + HeadroomCommand.names)
            throw ValidationError(
                "no lesson or command '\(lesson)'; "
                    + (near.map { "did you mean '\($0)'?" }
                        ?? "the lessons are \(ids.joined(separator: ", ")); "
                        + "'headroom --help' lists the commands"))
        }
        return index
    }

    private static func requireLessons(in course: Course) throws {
        guard course.lessons.isEmpty else { return }
        throw ValidationError("the course has no lessons (files such as 1-start.md)")
    }

    /// The course at the start that was asked for, or where the progress says.
    func session(
        of course: Course, progress: CourseProgress = CourseProgress()
    ) throws -> Session {
        var session = Session(course: course, progress: progress, at: try start(in: course))
        if explore, !session.isExploring { session.toggleExplore() }
        if let model, let obstacle = session.apply(try catalogueModel(model)) {
            throw ValidationError("--model: \(obstacle)")
        }
        do throws(SettingError) {
            if let state { try session.apply(text: state) }
        } catch .unknownLetter(let letter, _) {
            let error = SettingError.unknownLetter(letter, dials: session.dialNames)
            throw ValidationError("--state: \(error)")
        } catch {
            throw ValidationError("--state: \(error)")
        }
        return session
    }
}
