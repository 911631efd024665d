import ArgumentParser
import CourseContent
import ModelCatalog

extension CompletionKind {
    /// The ids of the lessons: those of HEADROOM_LESSONS, or of the course inside the program.
    static let lessons = CompletionKind.custom { _, _, _ in
        let files = try? CourseFiles.load(folder: nil).files
        return (files ?? []).compactMap { Course.lessonID(of: $0.name) }
    }

    static let models = CompletionKind.list(Catalog.models.map(\.id))
}
