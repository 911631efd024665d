import AttentionEngine
import Testing

@Suite("How sizes are written")
struct ByteCountTests {
    @Test(
        "Three digits, and the next unit where a fourth would start",
        arguments: [
            (0, "0 B", "0 B"), (1, "1 B", "1 B"), (999, "999 B", "999 B"),
            (1000, "1.00 kB", "1,000 B"), (1023, "1.02 kB", "1,023 B"),
            (1024, "1.02 kB", "1.00 KiB"), (9_994, "9.99 kB", "9.76 KiB"),
            (9_995, "10.0 kB", "9.76 KiB"), (99_949, "99.9 kB", "97.6 KiB"),
            (99_950, "100 kB", "97.6 KiB"), (999_499, "999 kB", "976 KiB"),
            (999_500, "1.00 MB", "976 KiB"), (1_000_000, "1.00 MB", "977 KiB"),
            (1_048_063, "1.05 MB", "1,023 KiB"), (1_048_064, "1.05 MB", "1.00 MiB"),
            (1_048_576, "1.05 MB", "1.00 MiB"),
            (999_499_999, "999 MB", "953 MiB"), (999_500_000, "1.00 GB", "953 MiB"),
            (Int.max, "9.22 EB", "8.00 EiB"),
        ])
    func units(bytes: Int, decimal: String, binary: String) {
        #expect(ByteCount(bytes).decimal == decimal)
        #expect(ByteCount(bytes).binary == binary)
    }

    @Test("Both units stand together from 1,000 bytes")
    func both() {
        #expect(
            [0, 999, 1000, 402_653_184].map { ByteCount($0).both } == [
                "0 B", "999 B", "1.00 kB (1,000 B)", "403 MB (384 MiB)",
            ])
    }

    @Test("Every digit is grouped")
    func exact() {
        #expect(
            [0, 1, 402_653_184, Int.max].map { ByteCount($0).exact } == [
                "0 bytes", "1 byte", "402,653,184 bytes", "9,223,372,036,854,775,807 bytes",
            ])
    }

    @Test(
        "Thousands are separated by commas",
        arguments: [
            (0, "0"), (999, "999"), (1000, "1,000"), (-999, "-999"), (-1000, "-1,000"),
            (8192, "8,192"), (Int.max, "9,223,372,036,854,775,807"),
            (Int.min, "-9,223,372,036,854,775,808"),
        ])
    func grouping(value: Int, text: String) { #expect(grouped(value) == text) }

    @Test(
        "Fixed decimals, rounded half away from zero, zeros kept",
        arguments: [
            (0, 0, "0"), (0, 2, "0.00"), (0.125, 2, "0.13"), (1.005, 1, "1.0"), (2.5, 0, "3"),
            (0.999, 2, "1.00"), (1.03, 3, "1.030"), (1234.5, 1, "1,234.5"), (-0.125, 2, "-0.13"),
            (-1234.5, 1, "-1,234.5"), (0, 15, "0.000000000000000"),
        ] as [(Double, Int, String)])
    func fixedDecimals(value: Double, decimals: Int, text: String) {
        #expect(fixed(value, decimals: decimals) == text)
    }

    @Test("What no fixed decimals can hold is still written")
    func beyondFixed() {
        #expect(fixed(1e30, decimals: 2) == "1e+30")
        #expect(fixed(.infinity, decimals: 0) == "inf")
        #expect(fixed(.nan, decimals: 0) == "nan")
    }

    @Test(
        "Two decimals below 10, one below 100, none from there",
        arguments: [
            (1, "1.00"), (1.0737, "1.07"), (9.994, "9.99"), (9.995, "10.0"), (50.33, "50.3"),
            (99.94, "99.9"), (99.95, "100"), (402.65, "403"), (1023.4, "1,023"),
        ] as [(Double, String)])
    func digits(value: Double, text: String) { #expect(threeDigits(value) == text) }

    @Test("Smaller is less")
    func order() { #expect(ByteCount(1) < ByteCount(2)) }
}
