import AttentionEngine
import CourseContent
import CourseSession
import TerminalCanvas

/// A part of a step's screen that is drawn from the parameters.
package protocol Widget: Sendable {
    /// The rows it can do with and the rows it likes at a width. Cost: O(what it draws).
    func heights(width: Int, scene: Scene, glyphs: Glyphs) -> ClosedRange<Int>

    /// The rows it makes use of where it is given some, between its least and liked height.
    func height(within available: Int, width: Int, scene: Scene, glyphs: Glyphs) -> Int

    /// Draws itself inside an area of at least its least height; a function of scene and area.
    func draw(in area: Rect, on canvas: inout Canvas, scene: Scene)
}

extension Widget {
    func height(within available: Int, width: Int, scene: Scene, glyphs: Glyphs) -> Int {
        available
    }
}
