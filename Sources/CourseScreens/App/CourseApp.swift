import CourseContent
import CourseSession
import ModelCatalog
import TerminalCanvas

/// The course on a screen: the session, and what is open above its step. A value: `handle` changes
/// it and says what the program must do, `draw` shows it.
package struct CourseApp: Sendable {
    /// The smallest terminal that lessons are shown on.
    static let leastSize = Size(width: 60, height: 20)

    /// Where the learner is in the course and what they did there.
    package var session: Session { didSet { edition = Edition() } }
    /// What is open above the step, the topmost last.
    var screens: [any Screen] = [] { didSet { edition = Edition() } }
    /// The characters that the terminal can show.
    package let glyphs: Glyphs
    /// The terminal's size in cells.
    package var size: Size { didSet { edition = Edition() } }
    /// How far the step is scrolled, and the lesson's step below it while exploring.
    var scrolls: [Stage: Int] = [:]
    /// The key pressed last.
    var pressedKey: Key?
    /// What was said before the last key, which may have been a question that the key answers.
    var lastNotice: String?
    /// The slider that the mouse holds.
    var held: Control?
    /// What the mouse was pressed on last.
    var pressed: PressedThing?
    /// Whether the mouse was pressed on the key that quits, and not let go.
    var isQuitPressed = false
    /// Names the state of all that layouts are made from.
    private(set) var edition = Edition()
    let settled = Memo<Edition, StepLayout>()
    private let keptProgress = Memo<Edition, CourseProgress>()
    let layouts = Memo<LayoutSource, StepLayout>()
    let scenesAcross = Memo<ScenesSource, [Scene]>(2)
    let keptRooms = Memo<KeptRoomSource, KeptRoom>(2)
    let siblings = Memo<SiblingsSource, Siblings>(6)
    let written = Memo<ProseSource, WrittenProse>(2)
    let searchTexts = Memo<SearchSource, SearchTexts>()

    /// What is scrolled by itself: a step as it stands in the lesson, or all sliders, or a question
    /// that is asked again.
    struct Stage: Hashable {
        let step: StepID
        let isExploring: Bool
        let question: Int?
    }

    /// The course at a session's place.
    package init(_ session: Session, size: Size, glyphs: Glyphs = .unicode) {
        self.session = session
        self.size = size
        self.glyphs = glyphs
    }

    /// What is to be kept: also where the learner is.
    package var progress: CourseProgress {
        keptProgress.value(of: edition) { _ in session.progress }
    }

    // MARK: What is on the screen

    private var stage: Stage {
        Stage(
            step: session.position.step, isExploring: session.isExploring,
            question: session.review?.index)
    }

    /// How far the step is scrolled, in rows.
    package var scroll: Int {
        get {
            // Most steps are not scrolled, and need no layout to know that.
            guard let scroll = scrolls[stage], scroll > 0 else { return 0 }
            return min(scroll, stepLayout.scrollLimit)
        }
        set {
            let step = session.position.step
            scrolls = scrolls.filter { $0.key.step == step }
            scrolls[stage] = min(max(0, newValue), stepLayout.scrollLimit)
        }
    }

    /// Whether the step goes on below what is in view.
    package var hasMoreBelow: Bool { scroll < stepLayout.scrollLimit }

    /// What is done about the step's question.
    var answering: Answering? { screens.lazy.compactMap(\.answering).last }

    /// What the step's pictures are drawn from.
    package var scene: Scene { session.scene(moving: screens.lazy.compactMap(\.moving).last) }

    var isTooSmall: Bool {
        size.width < Self.leastSize.width || size.height < Self.leastSize.height
    }

    /// Whether Space answers the question before it goes on.
    var isAskedFirst: Bool {
        session.isAnswerOpen && !session.isPutOff && !hasMoreBelow && !isAnswerNext
    }

    /// Whether going on shows the answer first, as before a class.
    var isAnswerNext: Bool { session.isPresenting && session.isAnswerOpen && !hasMoreBelow }

    var canGoOn: Bool { !session.isExploring || hasMoreBelow }

    /// The line of shell that opens this lesson, step and setting anywhere.
    package var command: ShellLine { ShellLine(session.commandParts(quote: ShellLine.word)) }

    // MARK: Following

    /// What is open above the step that others may be shown, and which of its rows.
    private var sharedOpen: (name: String, row: Int?)? {
        screens.lazy.compactMap { $0.shared(in: self) }.last
    }

    /// What others may be shown of the screen.
    package var shared: SharedScreen {
        var shared = session.shared(scroll: scroll, open: sharedOpen)
        shared.measured = session.sharedExperiments(moving: screens.lazy.compactMap(\.moving).last)
        return shared
    }

    /// Whether the learner does or looks at something that another's screen would take away; what
    /// that screen itself has opened is not theirs.
    private var isOccupied: Bool {
        screens.contains { $0.shared(in: self) == nil }
            || sharedOpen.map { $0.name != session.followed?.screen?.look.open } ?? false
    }

    /// Follows a screen: shows it now, unless the learner has let go or is occupied.
    package mutating func follow(_ screen: SharedScreen) {
        if session.follow(screen, isOccupied: isOccupied) { show(screen) }
    }

    /// Catches up with the screen that is followed, once nothing is in the way any more.
    mutating func catchUp() {
        guard session.isBehind(isOccupied: isOccupied), let screen = session.followed?.screen else {
            return
        }
        // What was said of what the learner did is still news.
        let said = session.notice
        show(screen)
        session.notice = session.notice ?? said
    }

    /// Shows another's screen, which may come from anywhere, as far down as there is anything.
    mutating func show(_ screen: SharedScreen) {
        screens = []
        session.show(screen)
        scroll = screen.look.scroll
        guard let name = screen.look.open else { return }
        let row = max(0, screen.look.row ?? 0)
        switch name {
        case "why": open(WhyScreen(), at: row)
        case "help": open(HelpScreen(), at: row)
        case "setting": open(SettingScreen(), at: 0)
        case "blank": screens = [BlankScreen()]
        case "contents":
            let count = ContentsScreen.entries(self).count
            screens = [ContentsScreen(selected: min(row, max(0, count - 1)))]
        default:
            if GPUChoice(text: name) != nil { screens = [GPUsScreen(row: row)] }
        }
    }

    private mutating func open(_ screen: some TextScreen, at row: Int) {
        var screen = screen
        screen.scroll = min(row, screen.scrolls(in: self) - 1)
        screens = [screen]
    }

    // MARK: Beside the keys

    /// Takes on how an experiment stands that runs beside the app, and says what the program must
    /// do.
    @discardableResult
    package mutating func receive(_ report: ExperimentReport) -> [Effect] {
        session.receive(report)
    }

    /// Takes on what the program tells of models' files, and says what it must do.
    package mutating func receive(_ news: ModelNews) -> [Effect] {
        let files = session.modelFiles.found
        defer { keepMarkedFile(of: files) }
        let effects = session.receive(news)
        if case .run? = effects.first { bringRunIntoView() }
        return effects
    }

    /// The file that was marked in the list stays so, wherever it stands now.
    private mutating func keepMarkedFile(of files: [ModelFile]) {
        guard let index = screens.firstIndex(where: { $0 is FilesScreen }),
            var list = screens[index] as? FilesScreen, files.indices.contains(list.selected),
            list.isMoved,
            let place = session.modelFiles.found.firstIndex(where: {
                $0.path == files[list.selected].path
            })
        else { return }
        list.selected = place
        screens[index] = list
    }

    /// Takes on the course's files as they are after an edit. A note belongs to the step that it
    /// was opened on, whatever becomes of that.
    package mutating func reload(_ course: Course) {
        for screen in screens where screen is NoteScreen { screen.keep(in: &self) }
        screens.removeAll { $0 is NoteScreen }
        session.reload(course)
        screens = screens.compactMap { $0.afterReload(in: self) }
    }

    /// Keeps a text that was written elsewhere as the note of what is on the screen.
    package mutating func takeNote(_ text: String) {
        session.takeNote(TextEditor(text, limit: 0, isMultiline: true).text)
        catchUp()
    }

    /// Goes on by itself: shows an open answer first, which is not kept as the learner's, then what
    /// is below, then the next step. Waits while anything is open. False at the end of the course.
    package mutating func goOnByItself() -> Bool {
        guard screens.isEmpty else { return true }
        if session.isExploring { session.toggleExplore() }
        if session.isAnswerOpen {
            session.revealUnkept()
        } else if hasMoreBelow {
            scroll += stepLayout.page
        } else {
            return session.goOn()
        }
        return true
    }
}
