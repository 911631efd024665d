import ModelFiles
import TestSupport
import Testing

/// A header takes little memory and little time, whatever the file says and however long it is.
@Suite("A GGUF file that claims or holds too much")
struct GGUFBudgetTests {
    private static let tooLong =
        "has lists of more than 4194304 texts and lists together, which no vocabulary has"
    private static let tooLarge = "has a header of more than 32 MiB of keys, values and names"

    private func problem(_ file: FileBytes) -> String {
        do {
            _ = try GGUFHeader(reading: file)
            return "nothing is wrong"
        } catch { return error.description }
    }

    /// Of a file that begins with some bytes and holds zeros behind them, as a sparse one does.
    private func problem(sparse start: [UInt8]) -> String {
        problem(
            FileBytes(count: 1 << 40) { range in range.map { $0 < start.count ? start[$0] : 0 } })
    }

    /// Of so many entries behind a header.
    private func problem(
        _ count: Int, areTensors: Bool = false, _ entry: (Int) -> [UInt8]
    ) -> String {
        let counted = UInt64(count)
        var bytes = header(tensors: areTensors ? counted : 0, values: areTensors ? 0 : counted)
        for index in 0..<count { bytes += entry(index) }
        return problem(FileBytes(bytes))
    }

    private func number(_ value: UInt64, _ size: Int) -> [UInt8] {
        (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
    }

    private func header(tensors: UInt64 = 0, values: UInt64 = 1) -> [UInt8] {
        Array("GGUF".utf8) + number(3, 4) + number(tensors, 8) + number(values, 8)
    }

    /// A text of a width, another for each index.
    private func text(_ index: Int, width: Int = 8) -> [UInt8] {
        let start = Array(String(index).utf8)
        return number(UInt64(width), 8) + start
            + [UInt8](repeating: 0x78, count: width - start.count)
    }

    /// The beginning of a list, behind its key.
    private func list(of type: UInt64, _ count: UInt64) -> [UInt8] {
        number(type, 4) + number(count, 8)
    }

    private var listed: [UInt8] { text(0) + number(9, 4) }

    @Test("in a count is refused before anything is read of what is counted")
    func counts() {
        let claim = "says it holds 9223372036854775808 "
        #expect(problem(sparse: header(values: 1 << 63)).hasPrefix(claim + "values, which"))
        #expect(problem(sparse: header(tensors: 1 << 63)).hasPrefix(claim + "tensors, which"))
        #expect(
            problem(sparse: header(tensors: 65_537, values: 0))
                == "has 65537 tensors; up to 65536 are supported")
        for type: UInt64 in [0, 8, 9, 10] {
            let most = header() + listed + list(of: type, 1 << 63)
            #expect(problem(sparse: most).hasPrefix(claim + "items of 0xxxxxxx, which"))
        }
        for type: UInt64 in [8, 9] {
            let many = list(of: type, (1 << 22) + 1)
            #expect(problem(sparse: header() + listed + many) == Self.tooLong)
            let inner = list(of: 9, 3) + list(of: type, (1 << 22) - 2)
            #expect(problem(sparse: header() + listed + inner) == Self.tooLong)
        }
    }

    @Test("of nothing is refused: values and tensors without names, lists in lists in lists")
    func zeros() {
        #expect(problem(sparse: header(values: 1 << 30)) == "holds the key  twice")
        #expect(problem(sparse: header(tensors: 9, values: 0)) == "holds the tensor  twice")
        let deep = listed + (0..<4).flatMap { _ in list(of: 9, 1) } + list(of: 0, 1)
        #expect(problem(sparse: header() + deep) == "0xxxxxxx holds lists within lists, too deep")
    }

    @Test("of lists is refused by what they hold together", .enabled(if: SlowTests.areRun))
    func together() {
        let half = list(of: 8, 1 << 21) + [UInt8](repeating: 0, count: 8 << 21)
        #expect(problem(2) { text($0) + number(9, 4) + half } == "nothing is wrong")
        #expect(problem(3) { text($0) + number(9, 4) + half } == Self.tooLong)
    }

    @Test("of keys, texts, numbers and names is refused at 32 MiB of them")
    func kept() {
        let numbers = number(9, 4) + list(of: 0, 16_384) + [UInt8](repeating: 7, count: 16_384)
        #expect(problem(200) { text($0) + numbers } == Self.tooLarge)
        #expect(problem(40) { text($0) + numbers } == "nothing is wrong")
        let flag = number(7, 4) + [1]
        #expect(problem(600) { text($0, width: 60_000) + flag } == Self.tooLarge)
        let long = number(8, 4) + text(0, width: 4_096)
        #expect(problem(8_000) { text($0) + long } == Self.tooLarge)
        let tensor = number(0, 4) + number(0, 4) + number(0, 8)
        let names = problem(30_000, areTensors: true) { text($0, width: 1_000) + tensor }
        #expect(names == Self.tooLarge)
        #expect(
            problem(SlowTests.extent(20_000, of: 200_000)) { text($0) + flag } == "nothing is wrong"
        )
    }
}
