import Foundation
import TerminalCanvas
import Testing

@Suite("A line of shell")
struct ShellLineTests {
    @Test("is one line where it fits, and else lines that a shell reads as one", arguments: 1...60)
    func lines(width: Int) throws {
        let line = ShellLine(["printf '<%s>'", "one --step 2", "--state l=96,b=1", "--last x"])
        let lines = line.lines(width: width)
        // Between values is an end of the line, where one word takes several.
        #expect(
            try Self.shell(lines.joined(separator: "\n")).filter { $0 != "\n" }
                == Self.shell(line.text))
        #expect(lines.count == 1 || line.text.count > width)
        #expect(width < 15 || lines.allSatisfy { $0.count <= width })
    }

    @Test("is broken behind commas where a word is wider than the row", arguments: [18, 40, 58])
    func commas(width: Int) throws {
        let state = "--state l=12,b=1,n=12,g=12,h=64,s=1024,bytes=2,written=6,cache=on"
        let line = ShellLine(["printf \"<%s>\"", state, "--last x"])
        let lines = line.lines(width: width)
        // As it is copied from a screen, with blanks before and behind; whoever reads values drops
        // those between them.
        let copied = lines.map { $0.hasSuffix("\\") ? "   " + $0 : "   " + $0 + "  " }
            .joined(separator: "\n")
        #expect(
            try Self.shell(copied).filter { !$0.isWhitespace } == Self.shell(line.text))
        #expect(lines.count > 1 && lines.allSatisfy { $0.count <= width })
        #expect(ShellLine.lines(of: "l=12,b=1,n=12", width: 10) == ["'l=12,b=1,", "n=12'"])
        #expect(ShellLine.lines(of: "l=12,b=1,n=12", width: 13) == ["l=12,b=1,n=12"])
        for text in ["l=12", "", "it's,so"] {
            #expect(ShellLine.lines(of: text, width: 2) == [text])
        }
    }

    @Test(
        "takes any text as one word",
        arguments: ["plain-1.2/x_y", "", "a b", "it's", "-x", "$HOME `date` \"x\" \\ *", "é;|&<>"])
    func word(text: String) throws {
        #expect(try Self.shell("printf '<%s>' \(ShellLine.word(text))") == "<\(text)>")
    }

    private static func shell(_ line: String) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", line]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}
