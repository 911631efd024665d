import AttentionEngine
import ModelCatalog

/// Where somebody is in a course and what they have set: enough to show the same screen elsewhere.
public struct SharedPlace: Hashable, Sendable, Codable {
    public var lesson: String
    public var step: String
    /// All parameters, as text.
    public var setting: String
    public var model: String?
    public var pinned: String?
    public var units: String
    /// The letter of the slider that the arrow keys move.
    public var slider: String?
    public var scroll: Int
    public var isExploring: Bool
    /// What is open above the step: "why", "help", "contents", "setting", "blank", or "gpus" with
    /// their values.
    public var open: String?
    /// How far the step's question is, where it has one that was tried.
    public var answer: AnswerRecord?
}

extension CourseApp {
    /// The place that others may be shown.
    public var place: SharedPlace {
        let open: String? =
            switch overlay {
            case .why?: "why"
            case .help?: "help"
            case .contents?: "contents"
            case .setting?: "setting"
            case .blank?: "blank"
            case .gpus?: serving.shared
            case .models?, .entry?, .comparison?, .note?, .notes?, .search?, .summary?, nil: nil
            }
        return SharedPlace(
            lesson: lesson?.id ?? "", step: lessonStep?.id ?? "", setting: setting.text,
            model: model?.id, pinned: pinned?.text, units: units.rawValue,
            slider: focused?.parameter.letter, scroll: scroll, isExploring: isExploring,
            open: open, answer: sharedAnswer)
    }

    /// What is told of the answer: a learner's own words stay with them.
    private var sharedAnswer: AnswerRecord? {
        var answer = record
        if step.question?.kind == .free { answer?.given = "" }
        return answer
    }

    /// The step of the lesson, also while exploring.
    var lessonStep: PreparedStep? {
        lesson.flatMap { $0.steps.indices.contains(stepIndex) ? $0.steps[stepIndex] : nil }
    }

    /// Goes to a place that may come from anywhere. What this course does not have, or what makes
    /// no setting, is left out and said in the notice.
    public mutating func show(_ place: SharedPlace) {
        defer { updateLayout() }
        notice = nil
        guard let index = course.lessons.firstIndex(where: { $0.id == place.lesson }),
            let stepIndex = course.lessons[index].stepIDs.firstIndex(of: place.step)
        else {
            notice = "The place that is followed is not in this course."
            return
        }
        enter(lesson: index, step: stepIndex)
        if let questionKey { unkeptAnswers[questionKey] = place.answer ?? AnswerRecord() }
        if place.isExploring { toggleExplore() }
        if let shared = try? CacheSetting(text: place.setting) {
            setting = shared
            model = place.model.flatMap(Catalog.model).flatMap {
                $0.describes(shared) ? $0 : nil
            }
        } else {
            notice = "The setting that is followed cannot be read."
        }
        pinned = place.pinned.flatMap { try? CacheSetting(text: $0) }
        units = Units(rawValue: place.units) ?? .both
        focusIndex = step.sliders.firstIndex { $0.parameter.letter == place.slider } ?? 0
        switch place.open {
        case "why": overlay = .why(scroll: 0)
        case "help": overlay = .help(scroll: 0)
        case "contents": overlay = .contents(selected: contentsIndex)
        case "setting": overlay = .setting
        case "blank": overlay = .blank
        case let open?:
            if let choice = ServingChoice(shared: open) {
                serving = choice
                settleGPUs()
                overlay = .gpus(row: 0, typed: nil)
            }
        case nil: overlay = nil
        }
        // The layout decides how far there is to scroll.
        updateLayout()
        scroll = min(max(0, place.scroll), scrollLimit)
    }
}

/// How an app stands to a place that it follows.
public enum Following: Hashable, Sendable {
    case following
    /// The learner went their own way; a key leads back.
    case letGo
}

extension CourseApp {
    /// Says what is waited for, until there is a place to follow.
    public mutating func waitForPlace(in file: String) {
        following = .following
        notice = "Waiting for a screen to be shared in \(file)."
    }

    /// Follows a place: shows it now, unless the learner has let go.
    public mutating func follow(_ place: SharedPlace) {
        followed = place
        if following == nil { following = .following }
        guard following == .following else { return }
        if isWriting { hasMissedPlace = true } else { show(place) }
    }

    /// Whether the learner writes something that moving on would take away.
    private var isWriting: Bool {
        if case .note? = overlay { return true }
        if case .typing? = answering { return true }
        return false
    }

    /// Catches up with the place that is followed, once nothing is being written any more.
    mutating func catchUp() {
        guard hasMissedPlace, !isWriting else { return }
        hasMissedPlace = false
        if following == .following, let followed { show(followed) }
    }

    /// Notes that the learner went somewhere else than the place that is followed.
    mutating func letGoWhereMoved(from before: SharedPlace) {
        guard following == .following, place != before else { return }
        following = .letGo
        notice = "You are on your own now; f follows again."
    }

    /// Snaps back to the place that is followed.
    mutating func followAgain() {
        following = .following
        if let followed { show(followed) }
    }
}
