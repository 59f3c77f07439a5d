#if os(Linux)
    import Testing

    /// Servers and clients of many kinds, as far as they are installed.
    @Suite(.timeLimit(.minutes(30)))
    struct RealProgramTests {
        @Test func allFollow() throws {
            let translated = try TranslatedProject()
            let outcome = try translated.scratch.run([
                "/usr/bin/python3", Checkout.root + "/Tests/Scenarios/real_programs.py", Program.translated,
                "\(translated.declared)", "\(translated.booked)",
            ])
            #expect(outcome.ending == .exited(0), "\(outcome.output)")
            #expect(outcome.output.contains("server   python http.server"))
        }
    }
#endif
