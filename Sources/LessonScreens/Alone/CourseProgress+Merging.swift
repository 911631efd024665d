extension CourseProgress {
    /// The progress of two programs that began with the same: what either has added or changed, and
    /// nothing that either has taken away.
    ///
    /// Where both changed the same answer or setting, this one's is the newer and stays; of a note
    /// both texts do. The place is this one's.
    package func merged(since base: CourseProgress, with other: CourseProgress) -> CourseProgress {
        CourseProgress(
            lesson: lesson, step: step, exploring: exploring,
            visited: other.visited.union(visited),
            settings: Self.merged(base.settings, settings, other.settings),
            answers: Self.merged(base.answers, answers, other.answers),
            reviews: Self.merged(base.reviews, reviews, other.reviews),
            notes: Self.merged(base.notes, notes, other.notes) { $0.joined(behind: $1) },
            measurements: Self.merged(base.measurements, measurements, other.measurements),
            proposal: proposal == base.proposal ? other.proposal : proposal)
    }

    private static func merged<Entry: Hashable>(
        _ base: [String: Entry], _ own: [String: Entry], _ other: [String: Entry],
        both: (_ own: Entry, _ other: Entry) -> Entry = { own, _ in own }
    ) -> [String: Entry] {
        var result = other
        for key in Set(base.keys).union(own.keys) where own[key] != base[key] {
            let isOtherNew = other[key] != base[key]
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
    fileprivate func joined(behind other: Note) -> Note {
        let known = Set(other.text.split(separator: "\n"))
        let new = text.split(separator: "\n").filter { !known.contains($0) }
        var note = self
        note.text = ([other.text] + new.map(String.init)).joined(separator: "\n")
        return note
    }
}
