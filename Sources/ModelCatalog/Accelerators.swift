import AttentionEngine

/// How fast a machine moves and computes.
package struct MachineSpeeds: Hashable, Sendable {
    /// Bytes of memory that it reads in a second.
    package let bytesPerSecond: Double
    /// Operations in a second; a multiplication with its addition counts as two.
    package let operationsPerSecond: Double

    /// Speeds that were read or measured elsewhere.
    package init(bytesPerSecond: Double, operationsPerSecond: Double) {
        self.bytesPerSecond = bytesPerSecond
        self.operationsPerSecond = operationsPerSecond
    }
}

/// A machine that models are served on, as its maker describes it.
package struct Accelerator: Hashable, Sendable {
    /// What it is called where it is chosen, one word: "H100".
    package let name: String
    /// Its maker's name for it.
    package let fullName: String
    /// Its memory.
    package let memory: ByteCount
    /// Of reading its memory, and of its 16-bit matrix arithmetic.
    package let speeds: MachineSpeeds

    private init(_ name: String, _ fullName: String, gb: Int, tbs: Double, tflops: Double) {
        self.name = name
        self.fullName = fullName
        memory = ByteCount(gb * 1_000_000_000)
        speeds = MachineSpeeds(bytesPerSecond: tbs * 1e12, operationsPerSecond: tflops * 1e12)
    }

    /// Under which conditions the speeds hold: words for a sentence.
    package static let conditions = "manufacturer's datasheet: peak, dense, 16-bit"

    /// Those that can be chosen, from the least arithmetic on within each maker's. Figures of the
    /// makers' datasheets, dense and not "with sparsity", where hardware references agree.
    package static let all = [
        Accelerator("L4", "NVIDIA L4", gb: 24, tbs: 0.30, tflops: 121),
        Accelerator("RTX4090", "NVIDIA RTX 4090", gb: 24, tbs: 1.01, tflops: 165),
        Accelerator("A100", "NVIDIA A100 SXM", gb: 80, tbs: 2.0, tflops: 312),
        Accelerator("H100", "NVIDIA H100 SXM", gb: 80, tbs: 3.35, tflops: 989),
        Accelerator("H200", "NVIDIA H200", gb: 141, tbs: 4.8, tflops: 989),
        Accelerator("B200", "NVIDIA B200", gb: 192, tbs: 8.0, tflops: 2_250),
        Accelerator("MI300X", "AMD MI300X", gb: 192, tbs: 5.3, tflops: 1_307),
    ]
}
