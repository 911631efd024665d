/// A key as the learner knows it.
package enum Key: Hashable, Sendable {
    /// A printable character, Shift already in it: "H".
    case character(Character)
    /// Keys that are no text; backTab is Shift with Tab.
    case enter, escape, tab, backTab, backspace, delete
    /// Arrows, of which two are told from themselves with Shift.
    case up, down, left, right, shiftLeft, shiftRight
    /// Keys for far moves.
    case pageUp, pageDown, home, end
    /// F1 and so on, counted from 1.
    case function(Int)
    /// Ctrl with a letter, in lower case, or with a backslash.
    case control(Character)
    /// A word back or on in what is typed: Ctrl or Alt with an arrow, Alt with b or f.
    case wordLeft, wordRight
    /// A key that does nothing anywhere here, by its name: "Insert", "C-Up", "M-x". Whoever presses
    /// it is told so.
    case unbound(String)
}

extension Key: ExpressibleByExtendedGraphemeClusterLiteral {
    /// A printable character written as itself.
    package init(extendedGraphemeClusterLiteral character: Character) {
        self = .character(character)
    }
}

/// What the mouse did to a cell.
package struct Mouse: Hashable, Sendable {
    /// What the first button or the wheel did; other buttons are not told.
    package enum Action: Hashable, Sendable {
        /// A drag is a move with the button held; a move without is not told.
        case press, drag, release, wheelUp, wheelDown
    }

    /// What was done.
    package let action: Action
    /// The cell it was done to; a drag may end outside the canvas.
    package let point: Point
    /// Whether a press follows one at the same place so soon that both are one double click.
    package var isRepeated = false

    /// A report as it is, for terminals and tests.
    package init(_ action: Action, at point: Point, isRepeated: Bool = false) {
        self.action = action
        self.point = point
        self.isRepeated = isRepeated
    }
}

/// What a terminal tells the program.
package enum Event: Hashable, Sendable {
    /// A key, in whatever form the terminal sent it.
    case key(Key)
    /// The mouse, where reports of it were asked for.
    case mouse(Mouse)
    /// Text pasted in one go: never keys.
    case paste(String)
    /// The canvas has a new size from now on.
    case resize(Size)
    /// The program is asked to end: by a signal, or by the key that stands for it.
    case interrupt(signal: Int32)
    /// The terminal has told its background, which it was asked for.
    case background(Theme)
    /// The terminal has told its device attributes, which it was asked for: what it was asked
    /// before is answered by now, or never will be.
    case deviceAttributes
    /// Another thread has something to tell; any number of wake-ups may come as one.
    case wake
    /// The terminal is gone; nothing can be drawn any more, and no other event will follow.
    case hangUp
}
