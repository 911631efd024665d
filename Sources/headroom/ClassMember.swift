import CourseContent
import CourseSession
import Foundation
import ModelFiles

/// A student's part in a class that is followed: whether answers are sent, under which id, and what
/// was sent last. Nothing is written before the student has said so.
///
/// What was said is kept for the class, in `class.json` beside the progress, so that it is asked
/// once and nobody counts twice.
final class ClassMember {
    /// What is to be done where a class is met.
    enum Standing: Equatable {
        /// The student is to be asked.
        case isAsked
        /// Nothing is, or no more than was done already.
        case isSettled
        /// The student takes part already, and gave these answers before.
        case takesPart([QuestionID: AnswerRecord])
    }

    /// What a student said for one class.
    private struct Part: Codable {
        var classID: String
        /// nil where nothing is sent.
        var id: String?
        var name: String?

        enum CodingKeys: String, CodingKey {
            case classID = "class"
            case id, name
        }
    }

    private let file: String
    private let store: String?
    private var parts: [Part]
    private var current: (part: Part, folder: AnswersFolder)?
    private var met: String?
    private var sent: StudentAnswers?
    private var lastSign = ContinuousClock.now
    /// What cannot be sent, in one line.
    private(set) var warnings: [String] = []

    /// How often a sign is given that the student follows still.
    private static let interval = Duration.seconds(60)
    /// Classes that are remembered; older ones are forgotten.
    private static let mostClasses = 50

    /// For the file that is followed.
    init(
        following file: String, environment: [String: String] = ProcessInfo.processInfo.environment
    ) {
        self.file = file
        store = UserFolder.state(environment).map { joined($0.path, "class.json") }
        let data = store.flatMap { try? Data(ofFile: $0, atMost: AnswersFolder.mostBytes) }
        parts = data.flatMap { try? JSONDecoder().decode([Part].self, fromForeign: $0) } ?? []
    }

    /// Where the student stands with a class, whenever a screen of it is seen.
    func meet(_ classID: String?) -> Standing {
        guard let classID, AnswersFolder.isID(classID), met != classID else { return .isSettled }
        met = classID
        (current, sent) = (nil, nil)
        guard let part = parts.last(where: { $0.classID == classID }) else { return .isAsked }
        guard let id = part.id, AnswersFolder.isID(id), let folder = folder() else {
            return .isSettled
        }
        current = (part, folder)
        return .takesPart(folder.answers(of: id)?.answers ?? [:])
    }

    /// Takes part from now on.
    func join(name: String) {
        guard let met, let folder = folder() else { return }
        let name = StudentAnswers(name: name).name
        current = (Part(classID: met, id: AnswersFolder.randomID(), name: name), folder)
        keep(current?.part)
    }

    /// Sends nothing to this class, also not when it is met again.
    func stayOut() { keep(met.map { Part(classID: $0, id: nil, name: nil) }) }

    /// Sends what was answered, where that is another than before, and signs that the student
    /// follows still.
    func send(_ answers: [QuestionID: AnswerRecord], isFollowing: Bool = true) {
        guard let current, let id = current.part.id else { return }
        var given = StudentAnswers(name: current.part.name, answers: answers)
        given.isFollowing = isFollowing
        guard given != sent else {
            if let next = nextSign, next <= .now {
                current.folder.touch(id)
                lastSign = .now
            }
            return
        }
        do {
            try current.folder.write(given, of: id)
            (sent, warnings) = (given, [])
        } catch {
            warnings = ["your answers cannot be written to \(current.folder.path)"]
        }
        lastSign = .now
    }

    /// When a sign is due; nil where nothing is sent.
    var nextSign: ContinuousClock.Instant? { current == nil ? nil : lastSign + Self.interval }

    /// The class's folder; where it cannot be used, that is told.
    private func folder() -> AnswersFolder? {
        do throws(FileProblem) { return try AnswersFolder(beside: file) } catch {
            warnings = ["your answers are not sent: \(file).answers \(error.description)"]
            return nil
        }
    }

    private func keep(_ part: Part?) {
        guard let part, let store else { return }
        parts = (parts.filter { $0.classID != part.classID } + [part]).suffix(Self.mostClasses)
        try? FileManager.default.createDirectory(
            atPath: parent(of: store), withIntermediateDirectories: true)
        let data = try? JSONEncoder().encode(parts)
        try? data?.write(besideAndRenamedTo: store, suffix: ".new-\(getpid())")
    }
}
