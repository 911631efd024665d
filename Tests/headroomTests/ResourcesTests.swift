import Foundation
import TestSupport
import Testing

#if os(Linux)
    /// Limits that shells set for what they start; those on memory and threads, which other systems
    /// do not hold programs to, here only.
    @Suite("What the system does not give", .onOwnThreads)
    struct ResourcesTests {
        /// Kilobytes of addresses, from what the program itself takes upwards.
        private static let limits = Array(stride(from: 60_000, through: 1_200_000, by: 60_000))

        /// What a command says under a limit, and its status.
        private func run(_ limit: String, _ command: String) throws -> Program {
            let folder = try TestFolder()
            return try Program.shell(
                "export HOME='\(folder.home.path)'; \(limit); exec $headroom \(command)")
        }

        @Test(
            "memory, is one line and a status, at whatever limit, or all is well",
            arguments: [
                "bench --heads 4 --head-dim 16 --tokens 64", "race --steps 2 --variants mqa,mla32",
                "models llama", "memory --json", "render gqa --step 2 --format svg",
                "generate /dev/null x", "learn --plain </dev/null",
            ])
        func memory(command: String) throws {
            var (refused, done) = (0, 0)
            for limit in SlowTests.areRun ? Self.limits : Self.limits.filter({ $0 % 240_000 == 0 })
            {
                let program = try run("ulimit -v \(limit)", command)
                // Where there is not even room for the program, its loader says so.
                let isLoaded = !program.errors.contains("loading shared libraries")
                if program.status == 0 { done += 1 } else if isLoaded { refused += 1 }
                #expect(
                    program.errors.split(separator: "\n").count == (program.status == 0 ? 0 : 1)
                        && program.status >= 0, "\(limit): \(program.errors)")
                #expect(
                    program.status == 0 || !isLoaded || program.status == 71
                        || command.hasPrefix("generate"), "\(limit): \(program.errors)")
            }
            #expect(done + refused > 0)
        }

        /// Room for the program, and none for another thread's stack.
        private static let threadless = "ulimit -s 4000000; ulimit -v 3000000"

        @Test("a thread, ends commands with one line and status 71")
        func threads() throws {
            for command in [
                "bench --threads 2 --heads 2 --head-dim 8 --tokens 8",
                "race --threads 2 --steps 1 --variants mha,mqa",
            ] {
                let program = try run(Self.threadless, command)
                #expect(program.status == 71)
                #expect(program.output == "")
                #expect(
                    program.errors.hasPrefix("headroom: only ")
                        && program.errors.hasSuffix(
                            " of 2 threads could be started: use --threads 1\n")
                )
            }
            let alone = try run(Self.threadless, "race --threads 1 --steps 1 --variants mqa --json")
            #expect(alone.status == 0 && alone.errors == "")
        }

        @Test("a thread, is not missed where no number of threads was asked for")
        func usualThreads() throws {
            for command in [
                "bench --heads 2 --head-dim 8 --tokens 8", "race --steps 1 --variants mha,mqa",
                "generate '\(GGUFParts.smallFile.path)' the --tokens 2",
            ] {
                let program = try run(Self.threadless, command)
                #expect(program.status == 0, "\(command): \(program.errors)")
            }
        }

        @Test("the folder /proc, is not missed", .enabled(if: Self.canUnshare))
        func processes() throws {
            let program = try Program.shell(
                "unshare -m bash -c 'mount -t tmpfs none /proc && exec \"$0\" memory --json' $headroom"
            )
            #expect(try program.output == Program.run("memory", "--json").output)
            #expect(program.errors == "" && program.status == 0)
        }

        private static var canUnshare: Bool {
            (try? Program.shell("unshare -m mount -t tmpfs none /proc").status) == 0
        }

        @Test("a thread, is said in the course, which goes on")
        func course() throws {
            for (lesson, started) in [("gqa --step 13", "timed"), ("question --step 3", "trains")] {
                let program = try run(
                    Self.threadless, "learn --plain \(lesson) <<< $'run\nunits\nquit'")
                #expect(program.output.contains("No thread could be started"), "\(started)")
                #expect(program.output.contains("Sizes: "), "\(program.output)")
                #expect(program.status == 0 && program.errors == "")
            }
        }
    }
#endif
