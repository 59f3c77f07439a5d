#if os(Linux)
    import Testing

    /// Servers and clients of many kinds.
    @Suite(.timeLimit(.minutes(30)))
    struct RealProgramTests {
        /// `scripts/dependencies.sh tests` and `scripts/servers.sh` install all of them where there is apt.
        private static let isOptional = Program.find("apt-get") == nil

        /// As root and as an ordinary user, who gives up privileges for the filter.
        @Test(arguments: OtherUser.asNobody == nil ? [false] : [false, true])
        func allFollow(asNobody: Bool) throws {
            let user = asNobody ? OtherUser.asNobody ?? [] : []
            let translated = try TranslatedProject()
            let outcome = try translated.scratch.run(
                user + [
                    "/usr/bin/env", "OPTIONAL=\(Self.isOptional || asNobody ? 1 : 0)", "/usr/bin/python3",
                    Checkout.root + "/Tests/Scenarios/real_programs.py", Program.translated, "\(translated.declared)",
                    "\(translated.booked)",
                ])
            #expect(outcome.ending == .exited(0), "\(outcome.output)")
            #expect(outcome.output.contains("server   python http.server"))
        }
    }
#endif
