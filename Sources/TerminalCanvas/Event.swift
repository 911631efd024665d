/// A key as the learner knows it.
package enum Key: Hashable, Sendable {
    /// A printable character, Shift already in it: "H".
    case character(Character)
    case enter, escape, tab, backTab, backspace, delete
    case up, down, left, right, shiftLeft, shiftRight
    case pageUp, pageDown, home, end
    case function(Int)
    /// Ctrl with a letter, in lower case, or with a backslash.
    case control(Character)
}

/// What the mouse did to a cell.
package struct Mouse: Hashable, Sendable {
    package enum Action: Hashable, Sendable {
        case press, drag, release, wheelUp, wheelDown
    }

    package let action: Action
    package let point: Point

    package init(_ action: Action, at point: Point) {
        self.action = action
        self.point = point
    }
}

/// What a terminal tells the program.
package enum Event: Hashable, Sendable {
    case key(Key)
    case mouse(Mouse)
    /// Text pasted in one go: never keys.
    case paste(String)
    /// The canvas has a new size from now on.
    case resize(Size)
    /// The program is asked to end: by a signal, or by the key that stands for it.
    case interrupt(signal: Int32)
    /// Another thread has something to tell; any number of wake-ups may come as one.
    case wake
    /// The terminal is gone; nothing can be drawn any more, and no other event will follow.
    case hangUp
}
