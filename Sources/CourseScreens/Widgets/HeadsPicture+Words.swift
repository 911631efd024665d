import AttentionEngine
import CourseContent
import CourseSession
import TerminalCanvas

/// What is said beneath the heads.
extension HeadsPicture {
    /// Who reads whom, of the K/V heads that were drawn.
    func words(drawn: Int) -> Line {
        guard scene.shownLatent != nil else { return summary(drawn: drawn) }
        let count = Span(grouped(shape.queryHeads), .bright)
        let roomy = [count, Span(" query heads, their K and V rebuilt from one latent")]
        return roomy.width <= width - 2
            ? roomy : [count, Span(" heads, K and V rebuilt from one latent")]
    }

    /// What broken lines and the rows below the heads stand for.
    func legend(_ plan: Plan, isForAnySharing: Bool = false) -> [Line] {
        var said: [String] = []
        if plan.cacheRows > 0 {
            let layer = scene.setting.windowed == nil ? "one layer" : "one full layer"
            let tokens = scene.setting.tokens
            let each = tokens == 1 ? "the one token" : "each of \(grouped(tokens)) tokens"
            said.append(
                "Below the heads, what \(layer) keeps of \(each) "
                    + "(\(glyphs.fullBlock): the newest).")
        }
        if let latent = scene.shownLatent {
            said.append(
                "Dotted: rebuilt, not kept. Kept: c \(grouped(latent.latentRank))"
                    + (latent.rotaryDimension == 0
                        ? "" : " + r \(grouped(latent.rotaryDimension))") + " numbers a token.")
        } else {
            if plan.cacheRows > 0 {
                said[0].removeLast()
                said[0] +=
                    ": for each head a key and a value, "
                    + "\(counted(shape.headDimension, "number")) each."
            }
            if shape.groupSize > 1 || isForAnySharing {
                said.append("Dotted: K/V heads that sharing saves.")
            }
        }
        if case .boxes(_, let rows) = plan.arrangement.form, rows > 2 {
            said.append(
                "In the boxes: a query's, a key's and a value's numbers, a cell each as far as "
                    + "they fit.")
        }
        return wrapped(said.joined(separator: " "), .faint, width: width - 2, glyphs: glyphs)
    }

    /// "32 query heads, 8 K/V heads, 4 query heads each: q0-q3 > kv0, q4-q7 > kv1 ..."
    private func summary(drawn: Int) -> Line {
        func count(_ count: Int, _ noun: String) -> Line {
            [Span(grouped(count), .bright), Span(" \(noun)\(count == 1 ? "" : "s")")]
        }
        let size = shape.groupSize
        let keyValueHeads = count(shape.keyValueHeads, "K/V head")
        let each = count(size, "query head") + [Span(" each")]
        guard drawn == shape.keyValueHeads else {
            return [Span(grouped(drawn), .bright), Span(" of ")] + keyValueHeads
                + [Span(" drawn, ")] + each
        }
        let spans =
            count(shape.queryHeads, "query head") + [Span(" on ")] + keyValueHeads + [Span(", ")]
            + each
        let dots = glyphs.dots
        var room = width - 2 - spans.width
        var examples = ""
        for group in 0..<shape.keyValueHeads {
            let first = group * size
            let range = size == 1 ? "q\(first)" : "q\(first)-q\(first + size - 1)"
            let next = "\(group == 0 ? ": " : ", ")\(range) \(glyphs.rightArrow) kv\(group)"
            room -= columns(of: next)
            let isLast = group == shape.keyValueHeads - 1
            guard room >= (isLast ? 0 : columns(of: dots) + 1) else {
                if group > 0 { examples += " " + dots }
                break
            }
            examples += next
        }
        return spans + [Span(examples, .faint)]
    }
}
