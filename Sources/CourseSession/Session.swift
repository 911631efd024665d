import AttentionEngine
import CourseContent
import ModelCatalog

/// Where a learner is in a course and what they did there, and what can be done: the one truth that
/// screens draw and the plain mode tells. A value that knows no cells, keys, disk or clock.
package struct Session: Sendable {
    /// The lessons, as their files were read last.
    package internal(set) var course: Course
    /// Where the learner is; its subject is never nil.
    package internal(set) var position: Position
    /// What is kept, but for where the learner is now: `progress` has that, too.
    package var kept: CourseProgress
    /// Answers that are not kept, in place of those that are: to questions asked again by `reset`,
    /// so that the first answer stays in the notebook, and those that somebody else showed.
    var unkeptAnswers: [QuestionID: AnswerRecord] = [:]
    /// Answers like these that were put aside by `reset`, which brings them back.
    var putAside: [QuestionID: AnswerRecord] = [:]
    /// Where exploring was left last, and what the lesson's figures were about.
    var leftExploring: (lesson: Subject, explored: Position)?
    /// Whether the hint was asked for during this stay on the step.
    package internal(set) var isHintShown = false
    /// Whether the question was left open, so that going on passes it.
    package internal(set) var isPutOff = false
    /// What was typed last as a guess and not tried.
    var untriedGuess: (question: QuestionID, text: String)?
    var pinned: CacheSetting?
    /// The steps of lessons that were left by a leap to another lesson, which leads back there.
    var leapt: [String: String] = [:]
    /// The note that was taken away last.
    var erasedNote: Note?
    /// Where dials were wished, and where they stand since no picture can show that.
    var dialWish: (dials: DialValues, settled: DialValues)?
    /// The g that is wished for, where a number of query heads does not allow it.
    var wish: Wish?
    /// How sizes are written, on every step.
    package internal(set) var units = Units.both
    /// Whether plots are shown as tables, on every step.
    private var showsPlotsAsTables = false
    /// Whether texts of this step are unfolded that would be cut; until it is left.
    var isUnfolded = false
    /// Whether the step's plots are shown as tables, or its texts are unfolded.
    package internal(set) var showsTable: Bool {
        get { step.hasWriting ? isUnfolded : showsPlotsAsTables }
        set {
            if step.hasWriting { isUnfolded = newValue } else { showsPlotsAsTables = newValue }
        }
    }
    /// The GPUs that were chosen to look at settings on; `gpus` are those that can be.
    package internal(set) var chosenGPUs = GPUChoice()
    /// What is known of the experiments under the steps.
    var experiments = Experiments()
    /// The models' files of this machine, as far as they were looked for.
    package internal(set) var modelFiles = MachineModels()
    /// The screen that is followed; nil where none is.
    package internal(set) var followed: Followed?
    /// Whether the course goes on without keys, as `--auto` has it.
    package var goesByItself = false
    /// Whether the course is shown to a class, before which nothing is kept.
    package var isPresenting = false
    /// What the class has answered that the course is shown to; nil where none answers.
    package var classroom: ClassAnswers?
    /// The time by the machine's clock as text, "2026-11-23 17:20"; the program keeps it right.
    package var now: String?
    /// What there is to say about what was done last.
    package var notice: String?
    private let explored = Memo<CacheSetting, PreparedStep>(2)
    let lookedAt = Memo<LookedAt, PreparedStep>()

    /// Starts at a lesson and step (counted from 0), or where the progress says.
    package init(
        course: Course, progress: CourseProgress = CourseProgress(),
        at start: (lesson: Int, step: Int)? = nil
    ) {
        self.course = course
        kept = progress.clipped.named(as: course)
        position = Position(
            StepID(lesson: "", part: ""), subject: Subject(PreparedLesson.defaultSetting))
        if let start {
            enter(lesson: start.lesson, step: start.step)
        } else if !resume() {
            enter(lesson: 0, step: 0)
        }
    }

    // MARK: What is there

    /// What the figures are about.
    package var subject: Subject { position.subject ?? Subject(PreparedLesson.defaultSetting) }
    /// The parameters that the figures are computed from.
    package var setting: CacheSetting { subject.setting }
    /// The model that the setting came from; nil where none describes it.
    package var model: Model? { subject.model }

    /// The present lesson; nil where the course has none of its id.
    package var lesson: PreparedLesson? {
        course.lessonIndex(of: position.step.lesson).map { course.lessons[$0] }
    }

    /// The lesson's place in the course, counted from 0; 0 where there is no lesson.
    package var lessonIndex: Int {
        course.lessonIndex(of: position.step.lesson) ?? 0
    }

    /// The step's place in its lesson, counted from 0; 0 where there is no such step.
    package var stepIndex: Int {
        course.place(of: position.step)?.step ?? 0
    }

    /// The lesson's step, also while exploring or reviewing.
    package var lessonStep: PreparedStep? {
        guard let place = course.place(of: position.step) else { return nil }
        return course.lessons[place.lesson].steps[place.step]
    }

    /// What is shown: the lesson's step, all sliders, or a question asked again.
    package var step: PreparedStep {
        switch position.mode {
        case .explore: return explored.value(of: setting) { .explore(at: $0) }
        case .review(let review): return review.current.step
        case .lesson:
            guard let lessonStep else {
                return .empty(at: setting, because: lesson.flatMap(\.firstErrorText))
            }
            let step = lookingAt(lessonStep)
            return step.portions.isEmpty ? step : step.showing(portions: position.shown ?? 1)
        }
    }

    /// What is shown once the step's pauses are over.
    var wholeStep: PreparedStep {
        guard case .lesson = position.mode, let lessonStep, !lessonStep.portions.isEmpty else {
            return step
        }
        return lookingAt(lessonStep)
    }

    /// Whether the step goes on behind a pause.
    package var isPaused: Bool {
        guard case .lesson = position.mode else { return false }
        return position.shown ?? 1 < lessonStep?.portions.count ?? 0
    }

    /// Whether all sliders are free.
    package var isExploring: Bool { position.isExploring }

    /// The round of missed questions under way.
    package var review: Review? {
        if case .review(let review) = position.mode { review } else { nil }
    }

    /// The slider that the arrow keys move; nil where the step has none.
    package var focused: Slider? {
        position.focus.flatMap(slider) ?? step.sliders.first
    }

    /// The step's slider of something; nil where it has none.
    package func slider(of moved: Movable) -> Slider? {
        step.sliders.first { $0.moved == moved }
    }

    /// How many steps the lesson has; 0 without a lesson.
    package var stepCount: Int { lesson?.steps.count ?? 0 }
    /// Whether no step of the course comes before this one, and nothing before a pause of it.
    package var isFirstStep: Bool {
        lessonIndex == 0 && stepIndex == 0 && position.shown ?? 1 == 1
    }

    /// Whether all sliders may be moved freely: not where that would tell an answer.
    package var canExplore: Bool { !isExploring && !isVeiled && review == nil }

    /// Whether a real model's values may be taken; they could tell an answer, too.
    package var canTakeModel: Bool { !isVeiled }

    /// Notes are for those whose progress is kept.
    package var canNote: Bool { noNoteWords == nil }
}

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
    /// Look for models' files on this machine, and tell what is found.
    case findModels
    /// Open a model's file, and tell what is in it.
    case openModel(ModelFile)
    /// Send the answers to the class that is followed, as a student of a name, which may be empty.
    case joinClass(name: String)
    /// Send that class nothing.
    case stayOut
}
