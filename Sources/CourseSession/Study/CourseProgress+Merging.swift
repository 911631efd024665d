import CourseContent

extension CourseProgress {
    /// The progress of two programs that began with the same: what either has added or changed, and
    /// nothing that either has taken away.
    ///
    /// Where both changed the same answer or setting, this one's is the newer and stays; of a note
    /// both texts do. The place is this one's. What a session has clipped has not been changed.
    package func merged(since base: CourseProgress, with other: CourseProgress) -> CourseProgress {
        let base = base.clipped
        var both = self
        both.visited = other.visited.union(visited.subtracting(base.visited))
        both.settings = Self.merged(base.settings, settings, other.settings)
        both.answers = Self.merged(
            base.answers, answers, other.answers, clipped: other.clipped.answers)
        both.reviews = Self.merged(base.reviews, reviews, other.reviews)
        both.notes = Self.merged(base.notes, notes, other.notes) { $0.joined(behind: $1) }
        both.measurements = Self.merged(base.measurements, measurements, other.measurements)
        both.unknown = Self.merged(base.unknown, unknown, other.unknown)
        both.version = max(version, other.version)
        if proposal == base.proposal { both.proposal = other.proposal }
        return both
    }

    /// The same as if a lesson had not been begun. What was measured and proposed belongs to no
    /// lesson and stays.
    package func without(lesson: String) -> CourseProgress {
        var rest = self
        if position.step.lesson == lesson {
            rest.position = Position(StepID(lesson: lesson, part: ""))
        }
        rest.visited = visited.filter { $0.lesson != lesson }
        rest.settings = settings.filter { $0.key.lesson != lesson }
        rest.answers = answers.filter { $0.key.lesson != lesson }
        rest.reviews = reviews.filter { $0.key.lesson != lesson }
        rest.notes = notes.filter { $0.value.position.step.lesson != lesson }
        return rest.tidied
    }

    private static func merged<Key, Entry: Hashable>(
        _ base: [Key: Entry], _ own: [Key: Entry], _ other: [Key: Entry],
        clipped: [Key: Entry]? = nil,
        both: (_ own: Entry, _ other: Entry) -> Entry = { own, _ in own }
    ) -> [Key: Entry] {
        var result = other
        for key in Set(base.keys).union(own.keys) where own[key] != base[key] {
            let isOtherNew = (clipped ?? other)[key] != base[key]
            switch (own[key], other[key]) {
            case (let mine?, let theirs?) where isOtherNew && mine != theirs:
                result[key] = both(mine, theirs)
            case (let mine?, _): result[key] = mine
            // What was taken away here stays where it was changed there.
            case (nil, _): if !isOtherNew { result[key] = nil }
            }
        }
        return result
    }
}

extension Note {
    /// The other text, and below it the lines of this one that it does not have.
    func joined(behind other: Note) -> Note {
        let known = Set(other.text.split(separator: "\n"))
        let new = text.split(separator: "\n").filter { !known.contains($0) }
        var note = self
        note.text = ([other.text] + new.map(String.init)).joined(separator: "\n")
        return note
    }
}
