#if os(Linux)
    import PortrunBase
    import Testing

    /// A translated call comes to what the same call comes to with the other number.
    @Suite(.timeLimit(.minutes(30)))
    struct TranslatedCallTests {
        private static let root = Checkout.root + "/Tests/Scenarios/"

        static let scripts = [
            ("socket_calls.py", ""), ("datagram_calls.py", "udp:"), ("socket_calls.py", "other:"),
            ("socket_calls.py", "unknown:"),
        ]

        /// As root and as an ordinary user, who gives up privileges for the filter.
        @Test(arguments: scripts, [false, true])
        func everyCallAndErrorIsTheSame(_ script: (name: String, prefix: String), asNobody: Bool) throws {
            let user = asNobody ? OtherUser.asNobody ?? [] : []
            let translated = try TranslatedProject()
            let words = ["/usr/bin/python3", Self.root + script.name]
            let reference = try translated.scratch.run(user + words + ["\(translated.unknown)"])
            // With another checkout's number, and with one that nobody knows, that is the same one.
            let elsewhere = "\(translated.unknown)=\(translated.booked)"
            let entry =
                switch script.prefix {
                case "other:": translated.words(["other:\(translated.declared)"], entry: elsewhere)
                case "unknown:": translated.words(entry: elsewhere)
                case _: translated.words(entry: "\(script.prefix)\(translated.declared)=\(translated.booked)")
                }
            let launched = try translated.scratch.run(user + entry + words + ["\(translated.declared)"])
            #expect(reference.ending == .exited(0), "\(reference.errors)")
            #expect(launched.ending == .exited(0), "\(launched.errors)")
            let rows = (reference.output.split(separator: "\n"), launched.output.split(separator: "\n"))
            #expect(rows.0.count == rows.1.count)
            for (expected, found) in zip(rows.0, rows.1) {
                print(expected == found ? "the same: \(found)" : "not the same: \(expected) becomes \(found)")
                #expect(found == expected)
            }
        }

        @Test("A 32-bit program has other calls, and one for all of them", arguments: ["socketcall", "direct"])
        func translatesShortPrograms(_ way: String) throws {
            guard let compiler = Program.find("gcc") ?? Program.find("clang") else { return }
            let translated = try TranslatedProject(offset: way == "direct" ? 40 : 44)
            let source = translated.scratch.project + "/short.c"
            try translated.scratch.write(ShortProgram.source, to: "short.c")
            let built = try translated.scratch.run(
                [
                    compiler, "-m32", "-nostdlib", "-static", "-ffreestanding", "-fno-stack-protector", "-fno-pie",
                    "-O1", "-o",
                ]
                    + [translated.scratch.project + "/short", "-DWAY_\(way)", "-DPORT=\(translated.declared)", source])
            // Another processor, or a compiler for one alone.
            guard built.ending == .exited(0), try translated.scratch.run(["./short", "x"]).ending != .exited(126) else {
                return
            }
            // First, since it cannot bear a connection that was closed there.
            #expect(try translated.run(script: "./short bind; test $? = 0 && ! ./short").ending == .exited(0))
            let server = try translated.startServer("own", on: translated.booked)
            #expect(try translated.run(script: "./short").ending == .exited(0))
            server.signal(SIGKILL)
            _ = try server.finish()
        }
    }

    /// A program without a C library, for there is none of 32 bits on most machines: it connects, or binds when it has an
    /// argument, and ends with the errno.
    private enum ShortProgram {
        static let source = """
            static int call(int number, int a, int b, int c) {
                int result;
                __asm__ volatile("int $0x80" : "=a"(result) : "a"(number), "b"(a), "c"(b), "d"(c) : "memory");
                return result;
            }
            static int network(int kind, int direct, int a, void *b, int c) {
            #ifdef WAY_socketcall
                int arguments[3] = {a, (int)b, c};
                (void)direct;
                return call(102, kind, (int)arguments, 0);
            #else
                (void)kind;
                return call(direct, a, (int)b, c);
            #endif
            }
            __attribute__((force_align_arg_pointer, used)) static void run(int *stack) {
                struct { unsigned short family, port; unsigned char address[4], rest[8]; } address = {
                    2, (unsigned short)(PORT >> 8 | (PORT & 0xff) << 8), {127, 0, 0, 1}, {0}};
                int made = network(1, 359, 2, (void *)1, 0);
                int result = stack[0] > 1 ? network(2, 361, made, &address, 16) : network(3, 362, made, &address, 16);
                call(1, -result, 0, 0);
            }
            __attribute__((naked, used)) void _start(void) { __asm__("mov %esp, %eax; push %eax; call run"); }
            """
    }
#endif
