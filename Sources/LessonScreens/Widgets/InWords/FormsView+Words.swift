import AttentionEngine

extension FormsView {
    func words(scene: Scene) -> [Passage] {
        guard let figures = FormsFigures(scene) else {
            return [.paragraph("This needs the widths of latent attention, c and r.")]
        }
        func row(_ form: LatentForm, made: String) -> Passage {
            let time = figures.time(form).map { ", time \($0)" } ?? ""
            return .row(
                "\(form == .expanded ? "Expanded" : "Absorbed"): made for it \(made), multiplied "
                    + "\(figures.work(form))\(time).")
        }
        return [
            .paragraph(headline(figures.known)),
            .row("Kept by both: \(scene.units.text(figures.kept))."),
            row(.expanded, made: scene.units.short(figures.made) + " in 32-bit numbers"),
            row(.absorbed, made: "nothing"),
        ] + difference(figures.known)
    }

    private func headline(_ forms: FormsStanding?) -> String {
        guard let forms else {
            return "One layer's step, expanded and absorbed. Not run here yet: run computes both."
        }
        if forms.isRunning {
            return "Computing both: \(Int(forms.comparison.progress * 100)) % done."
        }
        return (forms.comparison.isFinished ? "Computed on this machine" : "Stopped early")
            + ": one layer, one token, plain code, 1 thread."
    }

    private func difference(_ forms: FormsStanding?) -> [Passage] {
        guard let comparison = forms?.comparison, comparison.heads > 0 else { return [] }
        let figure = scientific(Double(comparison.largestDifference))
        let largest = threeDigits(Double(comparison.largestOutput))
        return [
            .row(
                isSame(comparison)
                    ? "Outputs: the same but for rounding, \(figure) in \(largest)."
                    : "Outputs: the largest difference is \(figure) in \(largest).")
        ]
    }
}
