import ArgumentParser
import CourseContent

/// `--lessons DIR`: another course in place of the one inside the program. A lesson's file stands
/// for its folder, opened at that lesson.
struct CourseFolderOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A folder with another course (also HEADROOM_LESSONS).", valueName: "DIR"),
        completion: .directory)
    var lessons: String?

    /// The lesson whose file was named; nil where a folder was, or none.
    var lesson: String? {
        lessons.flatMap { CourseFiles.isLessonFile($0) ? Course.lessonID(of: lastName($0)) : nil }
    }

    /// The course's files; ends the command where the folder cannot be read.
    func files() throws -> CourseFiles { try CourseFiles.load(folder: lessons) }
}
