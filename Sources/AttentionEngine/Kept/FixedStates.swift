/// What layers with linear attention, a state space or a short convolution keep of each sequence,
/// however long it is.
///
/// All of them keep the last inputs of a convolution, (kernel - 1) · (inner + 2 · groups · state)
/// numbers, and inner · state numbers of a recurrence, where inner is heads · width of the values:
/// vLLM mamba_utils.py @02d71083 and llama.cpp llama-hparams.cpp @01b77b57 agree in that.
package struct FixedStates: Hashable, Sendable {
    /// The kind of layer; the raw value is its name in JSON.
    package enum Rule: String, Hashable, Sendable {
        /// Mamba (arXiv 2312.00752): no groups.
        case mamba
        /// Mamba-2 (arXiv 2405.21060).
        case mamba2
        /// Gated DeltaNet (arXiv 2412.06464): groups are key heads, state is their width.
        case gatedDeltaNet = "gated_delta_net"
        /// Kimi Delta Attention (arXiv 2510.26692): as many key heads as heads.
        case kimiDelta = "kimi_delta_attention"
        /// Lightning attention (arXiv 2501.08313): no convolution.
        case lightning = "lightning_attention"
        /// A convolution alone (LFM2).
        case shortConvolution = "short_convolution"

        /// The name in words.
        package var name: String {
            switch self {
            case .mamba: "Mamba"
            case .mamba2: "Mamba-2"
            case .gatedDeltaNet: "Gated DeltaNet"
            case .kimiDelta: "Kimi Delta Attention"
            case .lightning: "lightning attention"
            case .shortConvolution: "short convolution"
            }
        }

        /// How model code keeps the recurrence where nothing is declared: the delta rules compute
        /// it in single precision (transformers modeling_qwen3_next.py, fla's KDA).
        fileprivate var usualWidth: NumberWidth {
            [.gatedDeltaNet, .kimiDelta].contains(self) ? .bits32 : .bits16
        }
    }

    /// What kind of layers they are.
    package let rule: Rule
    /// How many layers keep one.
    package let layers: Int
    /// Heads times their width, or channels.
    let inner: Int
    /// How many of `inner` are a head, which no two GPUs share; 1 for channels.
    let headWidth: Int
    /// Groups or key heads, whose keys and queries pass through the convolution, too.
    let groups: Int
    /// Numbers of the recurrence for each of `inner`.
    let state: Int
    /// Steps that the convolution sees, its own included; 1 for none.
    let kernel: Int
    /// How the checkpoint says that the recurrence is kept; nil where it does not.
    let declaredWidth: NumberWidth?

    /// Values that were read; heads and widths of a real model, not checked.
    package init(
        _ rule: Rule, layers: Int, inner: Int, headWidth: Int = 1, groups: Int = 0, state: Int = 0,
        kernel: Int = 1, declaredWidth: NumberWidth? = nil
    ) {
        self.rule = rule
        self.layers = layers
        self.inner = inner
        self.headWidth = max(1, headWidth)
        self.groups = groups
        self.state = state
        self.kernel = max(1, kernel)
        self.declaredWidth = declaredWidth
    }

    /// Numbers of the convolution of a sequence in one layer.
    package var convolution: Int { (kernel - 1) * (inner + 2 * groups * state) }
    /// Numbers of the recurrence of a sequence in one layer.
    package var recurrence: Int { inner * state }

    /// How the recurrence is kept: as declared, else as model code does.
    var width: NumberWidth { declaredWidth ?? rule.usualWidth }

    /// Bytes of a sequence in one layer with numbers of these widths.
    func bytes(convolution first: NumberWidth, recurrence second: NumberWidth) -> Int {
        (convolution * first.bits + recurrence * second.bits) / 8
    }

    /// Bytes of a sequence in one layer: the convolution in 16 bits.
    package var bytesPerSequence: Int { bytes(convolution: .bits16, recurrence: width) }

    /// The bytes of all under a load, whatever its length. Throws where they overflow.
    package func size(_ load: CacheLoad) throws(SettingError) -> ByteCount {
        try ByteCount(product: [bytesPerSequence, layers, load.batch])
    }

    /// How the bytes of a sequence in one layer come about: "3 x 8,192 of a convolution x 2 bytes
    /// and 4,096 x 128 of a recurrence x 4".
    package var formula: String {
        var parts: [String] = []
        if convolution > 0 {
            parts.append(
                "\(grouped(kernel - 1)) x \(grouped(inner + 2 * groups * state)) of a convolution "
                    + "x 2 bytes")
        }
        if recurrence > 0 {
            parts.append(
                "\(grouped(inner)) x \(grouped(state)) of a recurrence x \(width.bits / 8) bytes")
        }
        return parts.joined(separator: " and ")
    }

    /// What one of several GPUs keeps, the one with most: its part of the heads and of the groups,
    /// each whole.
    package func share(gpus: Int) -> FixedStates {
        let heads = inner.dividedUp(by: headWidth).dividedUp(by: gpus)
        return FixedStates(
            rule, layers: layers, inner: min(inner, heads * headWidth), headWidth: headWidth,
            groups: groups.dividedUp(by: gpus), state: state, kernel: kernel,
            declaredWidth: declaredWidth)
    }
}
