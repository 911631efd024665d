/// Why a family of models, by the name that its files give it, has no cache that grows; nil where
/// it may have one.
func modelFamilyWithoutCache(_ family: String) -> String? {
    let name = family.lowercased()
    if ["mamba", "mamba2", "falcon_mamba"].contains(name) || name.hasPrefix("rwkv")
        || name.hasPrefix("arwkv")
    {
        return "keeps a fixed state"
    }
    if name.hasSuffix("bert") || name.hasPrefix("jina-bert") || name.hasPrefix("nomic-bert")
        || name.hasPrefix("roberta") || name.hasPrefix("xlm-roberta") || name == "t5encoder"
    {
        return "reads a whole text at once and writes none"
    }
    return nil
}
