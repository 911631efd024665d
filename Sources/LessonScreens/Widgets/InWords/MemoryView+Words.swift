import AttentionEngine
import CourseContent
import TerminalCanvas

extension MemoryView {
    func words(scene: Scene) -> [Passage] {
        [.paragraph(formula(scene))] + (spec.showsBars ? bars(scene) : [])
    }

    /// "Cache = l 96 × ... × 2 bytes = 403 MB (384 MiB), 1/12 of MHA."
    private func formula(_ scene: Scene) -> String {
        let lines = formulaLines(width: 1_000_000, scene: scene, glyphs: .unicode)
        let text = lines.map { $0.map(\.text).joined() }.joined(separator: " ")
        var words = text.split(separator: " ").joined(separator: " ")
        if scene.isVeiled, let sign = words.lastIndex(of: "=") {
            words = words[...sign] + " ?, hidden until you answer"
        }
        return words.prefix(1).uppercased() + words.dropFirst() + "."
    }

    /// What stands behind the formula's last "=".
    func result(_ scene: Scene) -> String {
        let text = formula(scene)
        guard let sign = text.lastIndex(of: "=") else { return text }
        return String(text[text.index(sign, offsetBy: 2)...].dropLast())
    }

    private func bars(_ scene: Scene) -> [Passage] {
        let rows = barRows(scene)
        if scene.isVeiled {
            let names = rows.map { "\($0.name), \(inFull($0.heads))" }.joined(separator: "; ")
            return [.paragraph("Bars, hidden until you answer: \(names).")]
        }
        let longest = rows.map(\.size.bytes).max() ?? 1
        let isAlone = Set(rows.map(\.size)).count == 1
        let told = rows.map { row in
            Passage.row(
                "\(row.name), \(inFull(row.heads)): " + length(of: row, longest, isAlone, scene))
        }
        return [.paragraph("Bars:")] + told
    }

    private func inFull(_ heads: String) -> String {
        guard heads.hasSuffix("K/V") else { return "one latent" }
        return heads + (heads == "1 K/V" ? " head" : " heads")
    }

    private func length(of row: BarRow, _ longest: Int, _ isAlone: Bool, _ scene: Scene) -> String {
        let share =
            isAlone
            ? ""
            : row.size.bytes == longest
                ? ", the longest" : ", 1/\(brief(Double(longest) / Double(row.size.bytes))) of it"
        let place =
            !row.isHere
            ? ""
            : row.place == "here"
                ? "; you are here" : "; here the same as \(row.place.dropFirst(2))"
        return scene.units.short(row.size) + share + place + "."
    }
}
