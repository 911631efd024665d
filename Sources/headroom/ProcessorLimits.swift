/// What Linux leaves a process of the processors: those that it is bound to (Documentation/
/// filesystems/proc.rst, Cpus_allowed_list), and its control groups' share of their time
/// (admin-guide/cgroup-v2.rst, cpu.max; scheduler/sched-bwc.rst, cpu.cfs_quota_us), by which
/// containers are held to a few, of however many they see.
enum ProcessorLimits {
    /// Whole processors that the tightest limit leaves, one at the least; nil where there is none.
    /// file: a file's text, nil where there is none.
    static func processors(file: (String) -> String?) -> Int? {
        let limits = [bound(file("/proc/self/status")), groupTime(file)].compactMap(\.self)
        return limits.min().map { max(1, $0) }
    }

    /// Of a line "Cpus_allowed_list:  0-3,8".
    private static func bound(_ status: String?) -> Int? {
        let name = "Cpus_allowed_list:"
        let line = lines(status).first { $0.hasPrefix(name) }
        guard let list = line?.dropFirst(name.count) else { return nil }
        let counts = list.split { $0 == "," || $0.isWhitespace }.map { range -> Int? in
            let ends = range.split(separator: "-", omittingEmptySubsequences: false)
                .map { UInt16($0) }
            guard let first = ends.first ?? nil, let last = ends.last ?? nil, first <= last else {
                return nil
            }
            return Int(last - first) + 1
        }
        return counts.isEmpty || counts.contains(nil)
            ? nil : counts.reduce(0) { $0 + ($1 ?? 0) }
    }

    /// Those that a newline ends: of a long file the beginning was read, and its last may be cut.
    private static func lines(_ text: String?) -> ArraySlice<Substring> {
        (text ?? "").split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    }

    private static func groupTime(_ file: (String) -> String?) -> Int? {
        let shares = lines(file("/proc/self/cgroup")).flatMap { line -> [Double] in
            // "0::/user.slice", or "4:cpu,cpuacct:/docker/1f2e" of the first version.
            let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3 else { return [] }
            let groups = groups(above: parts[2])
            if parts[1].isEmpty {
                return groups.compactMap { share(file("/sys/fs/cgroup\($0)/cpu.max")) }
            }
            guard parts[1].split(separator: ",").contains("cpu") else { return [] }
            return groups.compactMap { group in
                let times = ["quota", "period"].map {
                    file("/sys/fs/cgroup/cpu\(group)/cpu.cfs_\($0)_us") ?? ""
                }
                return share(times.joined(separator: " "))
            }
        }
        return shares.min().map { Int($0) }
    }

    /// "/a/b", "/a" and "": the group itself and all that hold it. In a container they may have
    /// other names than the process is told, but the outermost.
    private static func groups(above path: Substring) -> [String] {
        let names = path.split(separator: "/").prefix(64)
        return (0...names.count).reversed().map { count in
            names.prefix(count).map { "/" + $0 }.joined()
        }
    }

    /// Of "150000 100000", microseconds in each period; nil for "max 100000" and "-1 100000".
    private static func share(_ text: String?) -> Double? {
        let times = (text ?? "").split(whereSeparator: \.isWhitespace).map { Double($0) }
        guard times.count == 2, let quota = times[0], let period = times[1], quota > 0, period > 0
        else { return nil }
        return min(quota / period, 65_536)
    }
}
