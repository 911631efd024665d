import AttentionEngine
import CourseContent

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
            .paragraph(headline(figures, in: scene)),
            .row("Kept by both: \(scene.units.text(figures.kept))."),
            row(.expanded, made: figures.made(in: scene.units) + " in 32-bit numbers"),
            row(.absorbed, made: "nothing"),
        ] + difference(figures.known)
    }

    private func headline(_ figures: FormsFigures, in scene: Scene) -> String {
        let (experiment, statuses) = (figures.experiment, scene.experiments)
        guard let forms = figures.known else {
            return "One layer's step, expanded and absorbed. Not run "
                + "\(statuses.place(of: experiment)) yet: run computes both."
        }
        if forms.isRunning {
            return "Computing both: \(Int(experiment.share(of: forms) * 100)) % done."
        }
        if case .before(let date) = statuses.origin(of: experiment) {
            return "One layer's step, expanded and absorbed. Run on \(date), plain code, 1 thread: "
                + "run computes it again."
        }
        return
            (experiment.isFinished(forms)
            ? "Computed \(statuses.machine(of: experiment))" : "Stopped early")
            + ": one layer, one token, plain code, 1 thread."
    }

    private func difference(_ forms: FormsStatus?) -> [Passage] {
        guard let forms, forms.heads > 0 else { return [] }
        let figure = scientific(Double(forms.largestDifference))
        let largest = threeDigits(Double(forms.largestOutput))
        return [
            .row(
                isSame(forms)
                    ? "Outputs: the same but for rounding, \(figure) in \(largest)."
                    : "Outputs: the largest difference is \(figure) in \(largest).")
        ]
    }
}
