import CourseContent

extension CourseProgress {
    /// The same with every step and question under the name that a course has for it now; what is
    /// kept under the present name already stays as it is.
    package func named(as course: Course) -> CourseProgress {
        var renamed = self
        renamed.position.step = course.current(position.step)
        renamed.visited = Set(visited.map { course.current($0) })
        renamed.settings = settings.renamed { course.current($0) }
        renamed.answers = answers.renamed { course.current($0) }
        renamed.reviews = reviews.renamed { course.current($0) }
        renamed.notes = notes.values.sorted { $0.key < $1.key }.reduce(into: [:]) { notes, note in
            var note = note
            note.position.step = course.current(note.position.step)
            if let place = course.find(note.position.step),
                course.lessons[place.lesson].steps.indices.contains(place.step)
            {
                note.position.takeMissingDials(of: course.lessons[place.lesson].steps[place.step])
            }
            notes[note.key] = notes[note.key].map { note.joined(behind: $0) } ?? note
        }
        return renamed
    }
}

extension Dictionary where Key: Comparable {
    /// Entries under other names; one that has its name already comes before those that get it.
    fileprivate func renamed(_ name: (Key) -> Key) -> Self {
        let names = keys.sorted().map { (old: $0, new: name($0)) }
        let inOrder = names.filter { $0.old == $0.new } + names.filter { $0.old != $0.new }
        return inOrder.reduce(into: [:]) { $0[$1.new] = $0[$1.new] ?? self[$1.old] }
    }
}
