import AttentionEngine
import ModelCatalog

extension Model {
    /// Whether a setting still has the model's layers, heads and widths; g may differ.
    package func describes(_ setting: CacheSetting) -> Bool {
        guard let own = try? self.setting(tokens: setting.tokens) else { return false }
        return own.layers == setting.layers && own.queryHeads == setting.queryHeads
            && own.headDimension == setting.headDimension && own.latent == setting.latent
    }
}
