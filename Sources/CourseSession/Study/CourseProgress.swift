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
    var unknown: JSONValue.Parts = [:]
    /// Of the file's form: the one that is known, or a newer program's.
    var version = Self.ownVersion

    /// Nothing kept, before the first lesson.
    package init() {}

    /// The same with nothing longer than can have been typed.
    var clipped: CourseProgress {
        var copy = self
        copy.answers = answers.mapValues(\.clipped)
        return copy
    }
}

extension CourseProgress: Codable {
    /// Of the form that is known; what a newer one adds is carried along.
    private static let ownVersion = 1

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case version, visited, settings, answers, reviews, notes, measurements, proposal
        // Those of the position, and `exploring`, the setting in files without a version.
        case lesson, step, setting, model, dials, isExploring, slider, exploring
    }

    /// Takes whatever is there of an older or damaged file; one entry that cannot be understood
    /// takes no other with it.
    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        var unknown: JSONValue.Parts = [:]
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
                        let place = [section.rawValue, key.description]
                        unknown[place.map(JSONValue.Step.member) + path] = value
                    }
                } else {
                    decoder.noteUnreadableEntry()
                }
            }
            return entries
        }
        let version = try? values.decodeIfPresent(Int.self, forKey: .version) ?? Self.ownVersion
        if version == nil { decoder.noteUnreadableEntry() }
        self.version = max(version ?? 0, Self.ownVersion)
        position = try Position(from: decoder)
        if let text: String = try values.value(of: .exploring, or: nil) {
            position = Position(exploring: text, at: position.step)
        }
        let steps: [Readable<String>] = try values.value(of: .visited, or: [])
        for read in steps {
            guard let name = read.value else { continue }
            if let id = StepID(name) {
                visited.insert(id)
            } else {
                decoder.noteUnreadableEntry()
            }
        }
        settings = try entries(.settings)
        answers = try entries(.answers)
        reviews = try entries(.reviews)
        notes = try entries(.notes)
        measurements = try entries(.measurements)
        let proposal: Readable<Proposal>? = try values.value(of: .proposal, or: nil)
        self.proposal = proposal?.value
        unknown.add(proposal?.unknown ?? [:], at: .member(CodingKeys.proposal.rawValue))
        let members = try? JSONValue.members(of: decoder, but: CodingKeys.allCases.map(\.rawValue))
        for (name, value) in members ?? [:] { unknown[[.member(name)]] = value }
        if members == nil || decoder.isIncomplete { decoder.noteUnreadableEntry() }
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
        let containers = written.containers
        copy.unknown = unknown.filter { containers.contains(Array($0.key.dropLast())) }
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
    let unknown: JSONValue.Parts

    init(from decoder: any Decoder) throws {
        value = try? Value(from: decoder)
        let unknown = try? value.flatMap { try JSONValue.unknown(beside: $0, in: decoder) }
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
