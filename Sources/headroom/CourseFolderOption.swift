import ArgumentParser

/// `--lessons DIR`: another course in place of the one inside the program.
struct CourseFolderOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A folder with another course (also HEADROOM_LESSONS).", valueName: "DIR"),
        completion: .directory)
    var lessons: String?

    /// The course's files; ends the command where the folder cannot be read.
    func files() throws -> CourseFiles { try CourseFiles.load(folder: lessons) }
}
