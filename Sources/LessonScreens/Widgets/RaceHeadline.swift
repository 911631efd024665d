import AttentionEngine
import TerminalCanvas

/// Whose results a race's are, and how far they have come.
struct RaceHeadline {
    let race: RaceStanding

    init(_ race: RaceStanding) { self.race = race }

    func lines(width: Int, glyphs: Glyphs) -> [Line] {
        guard let run = race.run else {
            return wrapped(
                [Span(origin, Style(.accent, .bold)), Span(", " + race.plan.inWords)],
                width: width, glyphs: glyphs)
        }
        let steps = grouped(run.plan.steps)
        var words: [Span] = [
            Span(run.isPaused ? "Paused" : "Training here", Style(.accent, .bold)),
            Span(", seed \(run.plan.seed), \(steps) steps "),
        ]
        var end = " \(Int(run.share * 100)) %"
        if let left = run.secondsLeft, !run.isPaused { end += ", \(Int(left.rounded(.up))) s left" }
        let cells = min(20, width - words.width - 16)
        let done = Int((run.share * Double(cells)).rounded())
        if cells > 3 {
            words += [
                Span(String(repeating: glyphs.progressDone, count: done), Style(.accent)),
                Span(String(repeating: glyphs.progressLeft, count: cells - done), Style(.faint)),
            ]
        }
        return [words + [Span(end, Style(.text, .bold))]]
    }

    private var origin: String {
        race.results.date.map { "Trained on this machine, \($0)" } ?? "Came with the program"
    }
}
