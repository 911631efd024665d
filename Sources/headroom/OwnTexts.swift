import ModelFiles

/// Texts that are there without a file: the prose of the lessons as it was on 2026-11-30. They stay
/// as they are when lessons are edited, so that what the lesson on a real model quotes is measured
/// again by the commands alone.
enum OwnTexts {
    /// What a model predicts: lessons 3 and 7.
    static var predicted: [UInt8] { bytes(of: "predicted.txt") }

    /// What is read to know what is worth keeping: the other lessons, so that no model is measured
    /// by what it was calibrated with.
    static var calibration: [UInt8] { bytes(of: "calibration.txt") }

    private static func bytes(of name: String) -> [UInt8] {
        guard let file = EmbeddedCourse.texts.first(where: { $0.name == name }) else {
            preconditionFailure("the build embeds both")
        }
        return Array(file.text.utf8)
    }
}

/// No text is larger.
let mostBytes = 1 << 24

/// The bytes of a text's file; throws where it cannot be read or is larger than 16 MiB, which is
/// said then.
func textOfFile(_ path: String) throws -> [UInt8] {
    try reading(path) { file throws(FileProblem) in
        guard file.count <= mostBytes else {
            throw FileProblem("is larger than \(mostBytes >> 20) MiB, the limit for a text")
        }
        return try file.read(0..<file.count)
    }
}
