/// What is left to do when a course is over and the terminal is the shell's again.
struct CourseEnding {
    let store: ProgressStore
    let races: RaceStore
    var share: SharedFile?

    /// Waits for a save that waits, and tells what went wrong and still holds.
    func tell() {
        store.finish()
        for warning in (share?.warnings ?? []) + store.warnings + races.warnings {
            writeErrorLine(warning)
        }
    }

    /// Ends the command with status 73 where what was to be kept did not get into its file.
    func requireKept() throws {
        if store.isLost || races.isLost { throw CommandStatus.fileNotWritten.code }
    }
}
