/// Something that shows canvases and reports what the user does: a real terminal, or a script.
package protocol Terminal {
    /// The extent in cells now; `Event.resize` tells when it is another.
    var size: Size { get }
    /// Shows a canvas; only what changed since the last is sent.
    mutating func present(_ canvas: Canvas)
    /// Waits for the next event without using the processor.
    mutating func nextEvent() -> Event
    /// Whether another event is there already, so that drawing can wait for the last of a burst.
    var hasPendingEvent: Bool { mutating get }
}
