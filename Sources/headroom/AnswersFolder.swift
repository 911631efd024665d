import CourseSession
import Foundation
import ModelFiles

/// The folder beside a shared file that students' answers go into: `FILE.answers`, one small file a
/// student.
///
/// Its mode is that of a spool, 1733: whoever is on the machine may write into it, only whoever
/// shares may list it, and nobody can remove or replace what is another's (the sticky bit). A
/// student's file is found by its random name alone, so that no other student reads it.
struct AnswersFolder: Hashable, Sendable {
    let path: String
    /// Whoever shares.
    let owner: uid_t

    static let mode: mode_t = 0o1733
    /// More of a student's file is not read, and none is written.
    static let mostBytes = 65_536
    /// Students of one class, and files of one account: several may share one.
    static let (mostStudents, mostOfOneAccount) = (500, 60)
    /// Names in the folder that are looked at.
    private static let mostNames = 20_000
    /// How long a student counts as following of whom nothing was heard, in seconds.
    static let patience = 150.0

    /// The folder of a file that is shared, as it is now. Throws where it is none, or no folder of
    /// whoever shares: somebody else may have laid it there.
    init(beside file: String) throws(FileProblem) {
        let file = try endOfLinks(of: file)
        self = try AnswersFolder(at: file + ".answers")
        var shared = stat()
        guard lstat(file, &shared) == 0 else { throw .system(errno) }
        guard owner == shared.st_uid else {
            throw FileProblem("belongs to somebody else than the shared file")
        }
    }

    private init(at path: String) throws(FileProblem) {
        self.path = path
        var status = stat()
        guard lstat(path, &status) == 0 else { throw .system(errno) }
        guard status.st_mode & S_IFMT == S_IFDIR else { throw FileProblem("is not a folder") }
        owner = status.st_uid
    }

    /// Makes it for a file to be shared, which need not be there yet, or takes the one that is
    /// there.
    static func make(beside file: String) throws(FileProblem) -> AnswersFolder {
        let path = try endOfLinks(of: file) + ".answers"
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .system(errno) }
        let folder = try AnswersFolder(at: path)
        guard folder.owner == geteuid() else { throw FileProblem("belongs to somebody else") }
        guard chmod(path, mode) == 0 else { throw .system(errno) }
        return folder
    }

    private func path(of id: String) -> String { joined(path, "\(id).json") }

    // MARK: A student's

    /// 128 random bits as 32 digits: nobody finds them by guessing.
    static func randomID() -> String {
        (0..<2).map { _ in
            let digits = String(UInt64.random(in: .min ... .max), radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    /// Whether a text is such an id.
    static func isID(_ text: some StringProtocol) -> Bool {
        text.utf8.count == 32
            && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    /// Puts a student's answers in place of those before.
    func write(_ answers: StudentAnswers, of id: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let data = try encoder.encode(answers) + Data("\n".utf8)
        guard data.count <= Self.mostBytes else {
            throw FileProblem("too long: \(data.count) bytes")
        }
        try data.write(besideAndRenamedTo: path(of: id), suffix: ".new", mode: 0o644)
    }

    /// Tells that the student follows still.
    func touch(_ id: String) { utimensat(AT_FDCWD, path(of: id), nil, AT_SYMLINK_NOFOLLOW) }

    /// What a student has written; nil where there is nothing, or nothing of that form.
    func answers(of id: String) -> StudentAnswers? { Self.read(path(of: id)) }

    private static func read(_ path: String) -> StudentAnswers? {
        guard let file = try? OpenFile(path: path, followsLinks: false), file.count <= mostBytes,
            let bytes = try? file.read(0..<file.count)
        else { return nil }
        return try? JSONDecoder().decode(StudentAnswers.self, fromForeign: Data(bytes))
    }

    // MARK: The teacher's

    /// What was read of a file, as long as that is the same.
    struct Known {
        let version: FileVersion
        let given: StudentAnswers?
    }

    /// What all students have written. Nothing in the folder is trusted: what is no regular file of
    /// its own, too large, not of the form, or too much, is passed over and told.
    ///
    /// - Parameter known: what was read before, by ids; what is unchanged is not read again.
    func read(known: inout [String: Known]) throws(FileProblem) -> ClassAnswers {
        let (names, isCut) = try names()
        var students: [ClassAnswers.Student] = []
        var (strays, ofAccount, crowded) = (0, [uid_t: Int](), 0)
        let now = Date().timeIntervalSince1970
        var seen: [String: Known] = [:]
        for name in names {
            // What is being written now.
            if name.hasSuffix(".json.new") { continue }
            let id = String(name.dropLast(5))
            var status = stat()
            guard name.hasSuffix(".json"), Self.isID(id), lstat(path(of: id), &status) == 0,
                status.st_mode & S_IFMT == S_IFREG, status.st_nlink == 1,
                status.st_size <= Self.mostBytes
            else {
                strays += 1
                continue
            }
            ofAccount[status.st_uid, default: 0] += 1
            guard ofAccount[status.st_uid] ?? 0 <= Self.mostOfOneAccount,
                students.count < Self.mostStudents
            else {
                crowded += 1
                continue
            }
            let entry = entry(of: id, before: known[id])
            seen[id] = entry
            guard let given = entry?.given else {
                strays += 1
                continue
            }
            let quiet = abs(now - status.secondsOfChange)
            students.append(
                .init(
                    id: id, given: given, isHere: given.isFollowing && quiet < Self.patience))
        }
        known = seen
        return ClassAnswers(
            students: students,
            remarks: remarks(strays: strays, crowded: crowded, isCut: isCut))
    }

    private func entry(of id: String, before: Known?) -> Known? {
        guard let version = try? FileVersion(path: path(of: id)) else { return nil }
        if let before, before.version == version { return before }
        return Known(version: version, given: answers(of: id))
    }

    /// The names in the folder in their order, and whether there are more.
    private func names() throws(FileProblem) -> (names: [String], isCut: Bool) {
        guard let stream = opendir(path) else { throw .system(errno) }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name == "." || name == ".." { continue }
            if names.count == Self.mostNames { return (names.sorted(), true) }
            names.append(name)
        }
        return (names.sorted(), false)
    }

    private func remarks(strays: Int, crowded: Int, isCut: Bool) -> [String] {
        let place = lastName(path)
        var remarks: [String] = []
        if strays > 0 {
            remarks.append(
                "\(place): \(strays) \(strays == 1 ? "file is" : "files are") no student's answers "
                    + "and passed over.")
        }
        if crowded > 0 {
            remarks.append(
                "\(place): \(crowded) more \(crowded == 1 ? "file is" : "files are") passed over; "
                    + "\(Self.mostStudents) students, \(Self.mostOfOneAccount) of one account, are "
                    + "read.")
        }
        if isCut { remarks.append("\(place): names after \(Self.mostNames) are passed over.") }
        return remarks
    }
}

extension stat {
    /// When the file was changed, in seconds since 1970.
    fileprivate var secondsOfChange: Double {
        #if canImport(Darwin)
            Double(st_mtimespec.tv_sec)
        #else
            Double(st_mtim.tv_sec)
        #endif
    }
}
