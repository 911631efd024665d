import CourseContent
import CourseSession

/// What a key can do.
package enum Action: Hashable, Sendable {
    case next, back, nextLesson, previousLesson
    /// The key's own digit says which.
    case lesson
    case contents, help, why, models, settingText, explore, gpus, compare
    case focusNext, focusPrevious
    case decrease, increase, decreaseFar, increaseFar, least, most
    case typeValue, resetValues, pin, units, run, follow, stepAgain
    case stopRun, otherLength, table, place
    case scrollDown, scrollUp
    case answer, hint, reveal
    /// Opens a question for a number with the key's own digit.
    case beginGuess
    case note, notes, search, review, endReview, summary
    case blank, quit
    // Inside what is open:
    case close, choose, up, down, left, right, pageDown, pageUp, top, bottom, erase
    case newLine, elsewhere
    /// What the key does in a line that is typed.
    case edit
}
