import AttentionEngine
import Lessons

extension CourseLint {
    /// A picture shows what its step's setting says, windows and latents among it.
    @Sendable static func pictureRule(_ lesson: PreparedLesson) -> [Finding] {
        zip(lesson.steps, lesson.lesson.steps).flatMap { step, source -> [Finding] in
            guard step.isSettingKnown else { return [] }
            return step.widgets.compactMap {
                $0.leftOut(of: step.setting) ?? $0.withoutLatent(at: step.setting)
            }.map {
                Finding(
                    "picture", at: source.place,
                    "a picture of this step cannot show its setting: \($0)")
            }
        }
    }
}

extension WidgetSpec {
    /// Why a picture of latents has nothing to show at a setting; nil where it has.
    fileprivate func withoutLatent(at setting: CacheSetting) -> String? {
        guard setting.latent == nil else { return nil }
        return switch self {
        case .forms: "{forms} needs c and r."
        case .brackets: "{brackets} needs c and r."
        case .memory(let spec) where spec.named?.contains(.mla) == true:
            "{memory} with 'mla' needs c and r."
        default: nil
        }
    }
}
