import Testing

@testable import headroom

@Suite("Processors that a process may use")
struct ProcessorLimitsTests {
    private func processors(_ files: [String: String]) -> Int? {
        ProcessorLimits.processors { files[$0] }
    }

    @Test("are all, where no group is limited or nothing is known of groups")
    func unlimited() {
        #expect(processors([:]) == nil)
        #expect(processors(["/proc/self/cgroup": ""]) == nil)
        #expect(processors(["/proc/self/cgroup": "0::/user.slice\n"]) == nil)
        #expect(
            processors([
                "/proc/self/cgroup": "0::/user.slice\n",
                "/sys/fs/cgroup/user.slice/cpu.max": "max 100000\n",
            ]) == nil)
        #expect(
            processors([
                "/proc/self/cgroup": "3:cpu,cpuacct:/\n",
                "/sys/fs/cgroup/cpu/cpu.cfs_quota_us": "-1\n",
                "/sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
            ]) == nil)
    }

    @Test(
        "are the whole ones of a group's time, one at the least",
        arguments: [
            ("200000 100000", 2), ("250000 100000", 2), ("150000 100000", 1), ("5000 100000", 1),
            ("3200000 50000", 64),
        ])
    func whole(limit: String, count: Int) {
        #expect(
            processors([
                "/proc/self/cgroup": "0::/\n", "/sys/fs/cgroup/cpu.max": limit + "\n",
            ]) == count)
    }

    @Test("are those of the tightest of all groups around the process, in both versions")
    func tightest() {
        #expect(
            processors([
                "/proc/self/cgroup": "0::/a/b/c\n", "/sys/fs/cgroup/a/cpu.max": "300000 100000",
                "/sys/fs/cgroup/a/b/cpu.max": "800000 100000",
                "/sys/fs/cgroup/a/b/c/cpu.max": "max 100000",
            ]) == 3)
        // A container's own name is not where it sees its group.
        #expect(
            processors([
                "/proc/self/cgroup": "5:memory:/docker/1f\n4:cpu,cpuacct:/docker/1f\n0::/x\n",
                "/sys/fs/cgroup/cpu/cpu.cfs_quota_us": "400000",
                "/sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000",
            ]) == 4)
    }

    @Test(
        "are all, where the files hold anything else",
        arguments: [
            "", "max", "100000", "x y", "0 100000", "100000 0", "-5 100000", "1 2 3", "nan 1",
        ])
    func hostile(limit: String) {
        #expect(
            processors(["/proc/self/cgroup": "0::/\n", "/sys/fs/cgroup/cpu.max": limit]) == nil)
        #expect(processors(["/proc/self/cgroup": limit]) == nil)
    }

    @Test(
        "are those that the process is bound to, or fewer that its groups have time on",
        arguments: [
            ("0", 1), ("0-7", 8), ("0-3,8,10-11", 7), ("", nil), ("x", nil), ("3-1", nil),
            ("0-", nil), ("0,,2", 2), ("0-99999999", nil), ("-1", nil),
        ] as [(String, Int?)])
    func bound(list: String, count: Int?) {
        var files = ["/proc/self/status": "Name:\theadroom\nCpus_allowed_list:\t\(list)\nx: y\n"]
        #expect(processors(files) == count)
        files["/proc/self/cgroup"] = "0::/\n"
        files["/sys/fs/cgroup/cpu.max"] = "300000 100000"
        #expect(processors(files) == min(count ?? 3, 3))
    }

    @Test("are not those of a line that is cut off")
    func cut() {
        let status = "Name:\theadroom\nCpus_allowed_list:\t0-127"
        for length in 0...status.count {
            #expect(processors(["/proc/self/status": String(status.prefix(length))]) == nil)
        }
        #expect(processors(["/proc/self/status": status + "\n"]) == 128)
        let limit = ["/sys/fs/cgroup/a/cpu.max": "100000 100000\n"]
        #expect(
            processors(limit.merging(["/proc/self/cgroup": "0::/a"]) { $1 }) == nil)
        #expect(processors(limit.merging(["/proc/self/cgroup": "0::/a\n"]) { $1 }) == 1)
    }

    @Test("are never more than the process is bound to", .enabled(if: Self.hasTaskset))
    func boundForReal() throws {
        let program = try Program.shell(
            "taskset -c 0 $headroom bench --heads 2 --head-dim 8 --tokens 8")
        #expect(program.lines[1].contains("1 thread") || program.lines[0].contains("1 thread"))
    }

    private static var hasTaskset: Bool {
        (try? Program.shell("command -v taskset >/dev/null").status) == 0
    }
}
