import ArgumentParser
import CourseContent

/// `--lessons DIR`: another course in place of the one inside the program. A lesson's file stands
/// for its folder, opened at that lesson.
struct CourseFolderOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Another course's folder, or a lesson in it (also HEADROOM_LESSONS).",
            valueName: "DIR"),
        completion: .file())
    var lessons: String?

    /// The lesson whose file was named; nil where a folder was, or none.
    var lesson: String? { CourseFiles.lessonFile(lessons).flatMap(Course.lessonID) }

    /// The course's files; ends the command where the folder cannot be read.
    func files() throws -> CourseFiles { try CourseFiles.load(folder: lessons) }
}
