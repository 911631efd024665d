import Lessons

/// Links that lead nowhere: to no page of the web, and to no lesson or step of the course.
struct LinkRule {
    let course: Course

    func findings(in lesson: PreparedLesson) -> [Finding] {
        zip(lesson.steps, lesson.lesson.steps).flatMap { step, source in
            let words =
                step.prose.flatMap(\.inlines) + (step.question?.allWords.flatMap(\.inlines) ?? [])
            return words.flatMap(\.links).compactMap {
                finding(of: $0, in: lesson, at: source.place)
            }
        }
    }

    private func finding(
        of link: (destination: String, place: SourcePlace?), in lesson: PreparedLesson,
        at place: SourcePlace
    ) -> Finding? {
        let address = link.destination
        // Named as a figure without its colon, which has a finding of its own.
        guard !Inline.isOfTheWeb(address), FigureExpression.Quantity(rawValue: address) == nil,
            course.target(of: address, in: lesson) == nil
        else { return nil }
        return Finding(
            "link", at: link.place ?? place,
            "the link to '\(address)' leads nowhere; write https://..., a lesson's file, as in "
                + "5-gqa.md, a step of it, as in 5-gqa.md#the-step, or #the-step")
    }
}

extension Course {
    /// The step that a link in a lesson leads to: "#the-step" of its own, "5-gqa.md" and
    /// "5-gqa.md#the-step" of that file's; nil where there is none.
    package func target(of address: String, in lesson: PreparedLesson) -> StepID? {
        let parts = address.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let file = parts.first ?? ""
        guard let target = file.isEmpty ? lesson : lessons.first(where: { $0.lesson.file == file })
        else { return nil }
        guard parts.count == 2 else {
            return file.isEmpty ? nil : target.steps.first.map(target.id(of:))
        }
        let id = StepID(lesson: target.id, part: String(parts[1]))
        return find(id) == nil ? nil : current(id)
    }
}
