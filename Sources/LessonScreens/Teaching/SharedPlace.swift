import AttentionEngine
import ModelCatalog

/// Where somebody is in a course, what they have set and what they measure: enough to show the same
/// screen elsewhere.
package struct SharedPlace: Hashable, Sendable, Codable {
    package var lesson: String
    package var step: String
    /// All parameters, as text.
    package var setting: String
    package var model: String?
    package var pinned: String?
    package var units: String
    /// The letter of the slider that the arrow keys move.
    package var slider: String?
    package var scroll: Int
    package var isExploring: Bool
    /// What is open above the step: "why", "help", "contents", "setting", "blank", or "gpus" with
    /// their values.
    package var open: String?
    /// How far that is scrolled, or which of its rows is chosen.
    package var row: Int?
    /// How far the step's question is, where it has one that was tried.
    package var answer: AnswerRecord?
    /// Whether plots are shown as tables.
    package var showsTable: Bool?
    /// Whether whoever shared it has left; nothing follows then.
    package var isOver: Bool?
    /// How the experiments stand that the step shows; nil where it shows none.
    var measured: SharedMeasured?

    /// Where somebody is, whatever is measured there.
    var withoutMeasured: SharedPlace {
        var copy = self
        copy.measured = nil
        return copy
    }
}

extension CourseApp {
    /// The place that others may be shown.
    package var place: SharedPlace {
        var place = placeWithoutMeasured
        place.measured = sharedMeasured
        return place
    }

    var placeWithoutMeasured: SharedPlace {
        let open: (name: String, row: Int?)? =
            switch overlay {
            case .why(let scroll)?: ("why", scroll)
            case .help(let scroll)?: ("help", scroll)
            case .contents(let selected)?: ("contents", selected)
            case .setting?: ("setting", nil)
            case .blank?: ("blank", nil)
            case .gpus(let row, _)?: (serving.shared, row)
            case .models?, .entry?, .comparison?, .note?, .notes?, .search?, .summary?, nil: nil
            }
        return SharedPlace(
            lesson: lesson?.id ?? "", step: lessonStep?.id ?? "", setting: setting.text,
            model: model?.id, pinned: pinned?.text, units: units.rawValue,
            slider: focused?.parameter.letter, scroll: scroll, isExploring: isExploring,
            open: open?.name, row: open?.row, answer: sharedAnswer, showsTable: showsTable)
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
    package mutating func show(_ place: SharedPlace) {
        defer { updateLayout() }
        notice = nil
        hasMissedPlace = false
        guard let index = course.lessons.firstIndex(where: { $0.id == place.lesson }),
            let stepIndex = course.lessons[index].stepIDs.firstIndex(of: place.step)
        else {
            notice = "The place that is followed is not in this course."
            return
        }
        enter(lesson: index, step: stepIndex)
        // Own words are the learner's own, whatever the teacher's are.
        if let questionKey, step.question?.kind != .free {
            unkeptAnswers[questionKey] = place.answer ?? AnswerRecord()
        }
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
        showsTable = place.showsTable ?? showsTable
        watched = watched(at: place)
        open(place.open, row: place.row ?? 0)
        // The layout decides how far there is to scroll.
        updateLayout()
        scroll = min(max(0, place.scroll), scrollLimit)
    }

    /// Opens what is open there, as far down as there is anything.
    private mutating func open(_ name: String?, row: Int) {
        func within(_ count: Int) -> Int { min(max(0, row), max(0, count - 1)) }
        switch name {
        case "why": overlay = .why(scroll: 0)
        case "help": overlay = .help(scroll: 0)
        case "contents": overlay = .contents(selected: within(contentsEntries().count))
        case "setting": overlay = .setting
        case "blank": overlay = .blank
        case let name?:
            guard let choice = ServingChoice(shared: name) else { return }
            serving = choice
            settleGPUs()
            overlay = .gpus(row: within(ServingSlider.all(at: setting).count), typed: nil)
        case nil: overlay = nil
        }
        let scroll = within(overlayScrolls)
        switch overlay {
        case .why?: overlay = .why(scroll: scroll)
        case .help?: overlay = .help(scroll: scroll)
        default: break
        }
    }
}
