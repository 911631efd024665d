import CourseContent

/// How the experiments stand that a step shows, in files: of a screen that others follow, and of
/// what is kept. What they are of stands beside them there; a part is missing where nothing was run.
package struct SharedExperiments: Hashable, Sendable {
    var race: RaceStatus?
    /// The control of the race.
    var widened: RaceStatus?
    var layers: [LayerStatus]?
    var times: TimesStatus?
    var forms: FormsStatus?
    /// The cache that is filled token by token.
    var cache: TokensStatus?
    var proposal: SharedProposal?

    /// The layer of a variant's id.
    subscript(layer variant: String) -> LayerStatus? {
        get { layers?.first { $0.variant == variant } }
        set {
            layers?.removeAll { $0.variant == variant }
            if let newValue { layers = (layers ?? []) + [newValue] }
        }
    }
}

extension SharedExperiments: Codable {
    /// Takes what can have been measured. A file may come from anywhere: other parts are left out, as
    /// if nothing had been run.
    package init(from decoder: any Decoder) {
        let values = try? decoder.container(keyedBy: CodingKeys.self)
        func member<Member: Decodable>(_ key: CodingKeys) -> Member? {
            try? values?.decodeIfPresent(Member.self, forKey: key)
        }
        func part<Status: ExperimentStatus>(_ key: CodingKeys) -> Status? {
            member(key).flatMap { (status: Status) in status.isPossible ? status : nil }
        }
        let layers: [LayerStatus]? = member(.layers)
        self.init(
            race: part(.race), widened: part(.widened), layers: layers?.filter(\.isPossible),
            times: part(.times), forms: part(.forms), cache: part(.cache),
            proposal: member(.proposal))
    }
}

/// The proposal in the race's plot; without a place where there is none.
struct SharedProposal: Hashable, Sendable, Codable {
    var place: Proposal?
    /// Whether it is being moved.
    var isMoved: Bool
}
