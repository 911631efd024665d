import AttentionEngine

extension WidgetSpec {
    /// What its picture leaves out of a setting, as a sentence; nil where it shows all of it.
    package func leftOut(of setting: CacheSetting) -> String? {
        switch self {
        case .append: AppendSpec.leftOut(of: setting)
        case .times:
            Self.leftOut(
                of: setting, latent: "Timed with K/V heads",
                windows: "The layer timed keeps every token")
        case .outputs:
            Self.leftOut(
                of: setting, latent: "Computed with K/V heads", windows: "Computed over every token"
            )
        default: nil
        }
    }

    private static func leftOut(
        of setting: CacheSetting, latent: String, windows: String
    ) -> String? {
        if setting.latent != nil { return latent + ": the latent is left out." }
        return setting.windowed == nil ? nil : windows + ": windows are left out."
    }
}

extension AppendSpec {
    /// Why no such cache is filled at a setting, as a sentence; nil where one is.
    package static func leftOut(of setting: CacheSetting) -> String? {
        guard setting.latent != nil || setting.windowed != nil else { return nil }
        return "The engine fills no cache \(setting.latent == nil ? "with windows" : "of latents") "
            + "here: only one that keeps every token's keys and values."
    }
}
