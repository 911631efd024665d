extension String {
    /// Whether there is no control character but line feeds.
    package var isWithoutControls: Bool {
        utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x0A }
    }
}
