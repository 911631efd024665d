import CourseContent
import CourseSession

/// What a key can do.
package enum Action: Hashable, Sendable {
    /// Goes to another step or lesson; `next` and `back` scroll first what is out of view.
    case next, back, nextLesson, previousLesson
    /// The key's own digit says which.
    case lesson
    /// Opens a list, an explanation or a comparison; `explore` frees all sliders, or ends that.
    case contents, help, why, models, settingText, explore, gpus, compare
    /// Gives the keys to the next slider, or to the one before.
    case focusNext, focusPrevious
    /// Moves the slider by one stop, by several, or to an end.
    case decrease, increase, decreaseFar, increaseFar, least, most
    /// Changes values or how they are shown, runs, follows again, or shows the step as it opens.
    case typeValue, resetValues, pin, units, run, follow, stepAgain
    /// Ends the training, trains for the other number of steps, shows a table, or places a
    /// proposal.
    case stopRun, otherLength, table, place
    /// Scrolls the step by one row.
    case scrollDown, scrollUp
    /// Opens the step's question, or shows its hint or answer.
    case answer, hint, reveal
    /// Opens a question for a number with the key's own digit.
    case beginGuess
    /// Opens notes, the search, a review or the summary, or ends the review.
    case note, notes, search, review, endReview, summary
    /// Blanks the screen, or ends the course.
    case blank, quit
    // Inside what is open:
    /// Closes it, takes what is typed or chosen, moves in it, or takes away what was placed.
    case close, choose, up, down, left, right, pageDown, pageUp, top, bottom, erase
    /// Begins a line of a note, or takes its text to the learner's own editor.
    case newLine, elsewhere
    /// What the key does in a line that is typed.
    case edit
}
