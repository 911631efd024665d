import AttentionEngine
import CourseContent
import CourseSession
import TerminalCanvas

/// Whose results a race's are, and how far they have come.
struct RaceHeadline {
    let race: RaceStatus
    /// "here", or "there" where a screen is shared that is followed.
    let place: String
    /// "on this machine", or that one.
    let machine: String

    func lines(width: Int, glyphs: Glyphs) -> [Line] {
        guard let run = race.run else {
            return wrapped(
                [Span(origin, Style(.accent, .bold)), Span(", " + race.plan.inWords)],
                width: width, glyphs: glyphs)
        }
        let steps = grouped(race.plan.steps)
        let words: [Span] = [
            Span(
                run.isPaused ? "Paused" : "Training \(place)",
                Style(.accent, .bold)),
            Span(", seed \(race.plan.seed), \(steps) steps "),
        ]
        let left =
            run.isPaused ? nil : run.secondsLeft.map { ", \(Int($0.rounded(.up))) s left" }
        let cells = max(0, min(20, width - words.width - 18))
        return [words + progressBar(run.share, cells: cells, glyphs: glyphs) + [Span(left ?? "")]]
    }

    private var origin: String {
        race.results.date.map { "Trained \(machine), \($0)" } ?? "Came with the program"
    }
}
