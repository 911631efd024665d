import AttentionEngine
import CourseContent
import ModelCatalog

/// What somebody else may be shown of a screen: where it is, how it is looked at, and what is
/// measured there.
package struct SharedScreen: Hashable, Sendable {
    /// Where it is; of a review, where that began.
    package var position: Position
    /// How it is looked at.
    package var look: Look
    /// How far the step's question is, where it has one that was tried. Own words stay with whoever
    /// wrote them.
    package var answer: AnswerRecord?
    /// How the experiments stand that the step shows; nil where it shows none.
    package var measured: SharedExperiments?
    /// Whether whoever shared it has left; nothing follows then.
    package var isOver = false
    /// The step's lesson, for whoever has another one, or none.
    package var lesson: LessonText?
    /// The class that may answer beside the file; nil where no answers are taken.
    package var classID: String?
    /// Of the file's form: the one that is known, or a newer program's.
    var version = Self.ownVersion

    /// Whether a newer program has written it, in a form of its own.
    package var isNewer: Bool { version > Self.ownVersion }

    /// How a step is looked at.
    package struct Look: Hashable, Sendable, Codable {
        /// The pinned setting as text; nil where none is pinned.
        var pinned: String?
        /// The raw value of `Units` that sizes are written in.
        package var units: String
        /// Whether plots are shown as tables; nil where whoever follows chooses.
        package var showsTable: Bool?
        /// Rows by which the step is scrolled.
        package var scroll = 0
        /// What is open above the step: "why", "help", "contents", "setting", "blank", or "gpus"
        /// with their values.
        package var open: String?
        /// The GPUs that users are counted on, where the step counts any.
        var gpus: String?
        /// How far that is scrolled, or which of its rows is chosen.
        package var row: Int?
    }
}

extension SharedScreen: Codable {
    private static let ownVersion = 1

    private enum CodingKeys: String, CodingKey {
        case version, answer, measured, isOver
        case classID = "class"
        case lesson = "lessonFile"
    }

    /// The members of position and look stand beside its own.
    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        position = try Position(from: decoder)
        look = try Look(from: decoder)
        answer = try values.value(of: .answer, or: nil)
        measured = try values.value(of: .measured, or: nil)
        isOver = try values.value(of: .isOver, or: false)
        lesson = try values.value(of: .lesson, or: nil)
        classID = try values.value(of: .classID, or: nil)
        version = max(try values.value(of: .version, or: Self.ownVersion), Self.ownVersion)
    }

    package func encode(to encoder: any Encoder) throws {
        try position.encode(to: encoder)
        try look.encode(to: encoder)
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(version, forKey: .version)
        try values.encodeIfPresent(answer, forKey: .answer)
        try values.encodeIfPresent(measured, forKey: .measured)
        if isOver { try values.encode(true, forKey: .isOver) }
        try values.encodeIfPresent(lesson, forKey: .lesson)
        try values.encodeIfPresent(classID, forKey: .classID)
    }
}

extension Session {
    /// What others may be shown of a course without a screen.
    package func shared() -> SharedScreen {
        var shared = shared(scroll: 0, open: nil)
        shared.measured = sharedExperiments(moving: nil)
        return shared
    }

    /// What others may be shown, but for what is measured.
    /// - Parameter open: what is open above the step, and which of its rows.
    package func shared(scroll: Int, open: (name: String, row: Int?)?) -> SharedScreen {
        if let review {
            // Its questions and answers are the learner's own: what is told is where it began.
            var before = self
            before.position = review.back
            return before.shared(scroll: scroll, open: nil)
        }
        var answer = record
        if step.question?.kind == .free { answer?.given = "" }
        if answer == AnswerRecord() { answer = nil }
        var place = position.told
        place.focus = focused?.moved
        return SharedScreen(
            position: place,
            look: SharedScreen.Look(
                pinned: pinned?.text, units: units.rawValue, showsTable: showsTable,
                scroll: scroll, open: open?.name,
                gpus: step.groups?.showsUsers == true ? chosenGPUs.text : nil, row: open?.row),
            answer: answer, lesson: lesson?.text)
    }

    /// Goes to a screen that may come from anywhere. What this course does not have, or what makes
    /// no setting, is left out and said.
    package mutating func show(_ screen: SharedScreen) {
        notice = nil
        followed?.isBehind = false
        let other = screen.lesson.flatMap { takeTeachers($0) }
        defer { notice = notice ?? other }
        guard go(to: Position(screen.position.step)) else {
            notice = "The step being followed is not in this course."
            return
        }
        followed?.steps.insert(position.step)
        // Which layers there are to look at is told by what was measured there.
        let news = remoteExperiments(on: screen)
        followed?.experiments = news
        (isHintShown, isPutOff) = (false, false)
        experiments.question = 0
        // Own words are the learner's own, whatever the teacher's are.
        if let questionID, step.question?.kind != .free {
            unkeptAnswers[questionID] = followedRecord(of: questionID, on: screen)
        }
        go(to: screen.position)
        if screen.position.subject == nil {
            notice = "The setting being followed cannot be read."
        }
        pinned = screen.look.pinned.flatMap { try? CacheSetting(text: $0) }
        units = Units(rawValue: screen.look.units) ?? .both
        showsTable = screen.look.showsTable ?? showsTable
        chosenGPUs = screen.look.gpus.flatMap(GPUChoice.init(text:)) ?? chosenGPUs
        if let choice = screen.look.open.flatMap(GPUChoice.init(text:)) {
            chosenGPUs = choice
            tellFewerGPUs(than: choice.count)
        }
    }
}
