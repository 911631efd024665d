import CourseContent

/// What a session asks of the program around it.
package enum Effect: Equatable, Sendable {
    /// End the program.
    case quit
    /// Write the progress to its file.
    case save(CourseProgress)
    /// Start, pause or end an experiment beside the app.
    case run(ExperimentOrder)
    /// A race has run to its end; its results stand in for those of the program from now on.
    case keep(RaceResults)
    /// Have a note's text edited in the learner's own editor, and hand it to `takeNote`.
    case edit(String)
}
