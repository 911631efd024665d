/// A text as a message names it: with "..." in place of its middle where it is of more than `most`
/// scalars, so that nobody's name, however long, hides what is said of it. Cost: O(text).
package func shortened(_ text: some StringProtocol, to most: Int = 40) -> String {
    let scalars = text.unicodeScalars
    guard scalars.count > most else { return String(text) }
    let side = max(1, (most - 3) / 2)
    var short = String.UnicodeScalarView(scalars.prefix(side))
    short += "...".unicodeScalars
    short += scalars.suffix(side)
    return String(short)
}
