import CourseContent

/// What is kept of a learner's way through the course.
package struct CourseProgress: Hashable, Sendable {
    /// Where the learner was last; of no lesson before the first.
    package var position = Position(StepID(lesson: "", part: ""))
    /// Steps seen.
    package var visited: Set<StepID> = []
    /// Settings of steps, where they are not the steps' own.
    var settings: [StepID: KeptSetting] = [:]
    /// How far each question is that was tried or shown.
    package var answers: [QuestionID: AnswerRecord] = [:]
    /// How missed questions went when they were asked again.
    var reviews: [QuestionID: ReviewRecord] = [:]
    /// Notes by `Note.key`.
    package var notes: [String: Note] = [:]
    /// What was measured on this machine, by `ExperimentKey.text`; in older files by what it is in
    /// words.
    package var measurements: [String: KeptMeasurement] = [:]
    /// The learner's own proposal, where they placed one.
    package var proposal: Proposal?
    /// What a newer program keeps, carried along: members by their paths in the file, also of
    /// entries that are known.
    private var unknown: [[String]: JSONValue] = [:]
    /// Of the file's form: the one that is known, or a newer program's.
    private var version = Self.ownVersion

    /// Nothing kept, before the first lesson.
    package init() {}

    /// The same with nothing longer than can have been typed.
    var clipped: CourseProgress {
        var copy = self
        copy.answers = answers.mapValues { record in
            var record = record
            record.given = String(record.given.prefix(500))
            record.first = record.first.map { String($0.prefix(500)) }
            record.found = Array(Set(record.found)).sorted()
            return record
        }
        return copy
    }
}

extension CourseProgress: Codable {
    /// Of the form that is known; what a newer one adds is carried along.
    private static let ownVersion = 1

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case version, visited, settings, answers, reviews, notes, measurements, proposal
        // Those of the position, and `exploring`, the setting in files without a version.
        case lesson, step, setting, model, isExploring, slider, exploring
    }

    /// Takes whatever is there of an older or damaged file; one entry that cannot be understood
    /// takes no other with it.
    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        var unknown: [[String]: JSONValue] = [:]
        func entries<Key: LosslessStringConvertible & Hashable, Entry: Codable>(
            _ section: CodingKeys
        ) throws -> [Key: Entry] {
            let all: [String: Readable<Entry>] = try values.value(of: section, or: [:])
            var entries: [Key: Entry] = [:]
            for (name, read) in all {
                guard let entry = read.value else { continue }
                if let key = Key(name) {
                    entries[key] = entry
                    for (path, value) in read.unknown {
                        unknown[[section.rawValue, key.description] + path] = value
                    }
                } else {
                    decoder.noteUnreadableEntry()
                }
            }
            return entries
        }
        let version = try? values.decode(Int.self, forKey: .version)
        self.version = max(version ?? 0, Self.ownVersion)
        position = try Position(from: decoder)
        if let text: String = try values.value(of: .exploring, or: nil) {
            position = Position(exploring: text, at: position.step)
        }
        visited = Set(try values.value(of: .visited, or: [String]()).compactMap { StepID($0) })
        settings = try entries(.settings)
        answers = try entries(.answers)
        reviews = try entries(.reviews)
        notes = try entries(.notes)
        measurements = try entries(.measurements)
        let proposal: Readable<Proposal>? = try values.value(of: .proposal, or: nil)
        self.proposal = proposal?.value
        for (path, value) in proposal?.unknown ?? [:] {
            unknown[[CodingKeys.proposal.rawValue] + path] = value
        }
        let members = try JSONValue.members(of: decoder, but: CodingKeys.allCases.map(\.rawValue))
        for (name, value) in members { unknown[[name]] = value }
        self.unknown = unknown
    }

    /// What is unknown is written where it was read; of an entry that is gone it is gone too.
    package func encode(to encoder: any Encoder) throws {
        try JSONValue(encoding: Known(progress: self)).with(unknown).encode(to: encoder)
    }

    /// The same without what is unknown of entries that have been taken away.
    package var tidied: CourseProgress {
        guard !unknown.isEmpty, let written = try? JSONValue(encoding: Known(progress: self)) else {
            return self
        }
        var copy = self
        copy.unknown = unknown.filter { written.hasObject(at: $0.key.dropLast()) }
        return copy
    }

    /// The steps seen are written in order, so that the file changes little; what is empty is left
    /// out.
    fileprivate func encodeKnown(to encoder: any Encoder) throws {
        try position.encode(to: encoder)
        var values = encoder.container(keyedBy: CodingKeys.self)
        func encode<Entries: Encodable & Collection>(
            _ entries: Entries, _ key: CodingKeys
        ) throws {
            if !entries.isEmpty { try values.encode(entries, forKey: key) }
        }
        try values.encode(version, forKey: .version)
        try values.encode(visited.sorted(), forKey: .visited)
        try values.encode(answers, forKey: .answers)
        try encode(settings, .settings)
        try encode(reviews, .reviews)
        try encode(notes, .notes)
        try encode(measurements, .measurements)
        try values.encodeIfPresent(proposal, forKey: .proposal)
    }
}

/// What this program understands of the progress, as it is written.
private struct Known: Encodable {
    let progress: CourseProgress

    func encode(to encoder: any Encoder) throws { try progress.encodeKnown(to: encoder) }
}

/// An entry of a file that may be damaged, or newer than this program.
private struct Readable<Value: Codable>: Decodable {
    /// nil where it cannot be understood.
    let value: Value?
    /// What would not be written with the value: members by their paths in the entry.
    let unknown: [[String]: JSONValue]

    init(from decoder: any Decoder) throws {
        value = try? Value(from: decoder)
        let known = try? value.map { try JSONValue(encoding: $0) }
        let unknown = known.flatMap { try? JSONValue(from: decoder).members(missingIn: $0) }
        self.unknown = unknown ?? [:]
        if unknown == nil { decoder.noteUnreadableEntry() }
    }
}

extension Decoder {
    fileprivate func noteUnreadableEntry() {
        (userInfo[.unreadableEntry] as? @Sendable () -> Void)?()
    }
}

extension CodingUserInfoKey {
    /// A `@Sendable () -> Void` that a decoder of a `CourseProgress` calls for each entry that
    /// could not be understood and was left out.
    package static let unreadableEntry = CodingUserInfoKey(rawValue: "unreadableEntry")!
}

extension CourseProgress {
    /// The progress of two programs that began with the same: what either has added or changed, and
    /// nothing that either has taken away.
    ///
    /// Where both changed the same answer or setting, this one's is the newer and stays; of a note
    /// both texts do. The place is this one's.
    package func merged(since base: CourseProgress, with other: CourseProgress) -> CourseProgress {
        var both = self
        both.visited.formUnion(other.visited)
        both.settings = Self.merged(base.settings, settings, other.settings)
        both.answers = Self.merged(base.answers, answers, other.answers)
        both.reviews = Self.merged(base.reviews, reviews, other.reviews)
        both.notes = Self.merged(base.notes, notes, other.notes) { $0.joined(behind: $1) }
        both.measurements = Self.merged(base.measurements, measurements, other.measurements)
        both.unknown.merge(other.unknown) { _, other in other }
        both.version = max(version, other.version)
        if proposal == base.proposal { both.proposal = other.proposal }
        return both
    }

    private static func merged<Key, Entry: Hashable>(
        _ base: [Key: Entry], _ own: [Key: Entry], _ other: [Key: Entry],
        both: (_ own: Entry, _ other: Entry) -> Entry = { own, _ in own }
    ) -> [Key: Entry] {
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
