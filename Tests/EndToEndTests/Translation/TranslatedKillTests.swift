#if os(Linux)
    import Testing

    /// `make stress` does the same five hundred times.
    @Suite(.timeLimit(.minutes(30)))
    struct TranslatedKillTests {
        @Test(arguments: [false, true])
        func noLeaseIsLostWhateverIsKilled(asNobody: Bool) throws {
            let user = asNobody ? OtherUser.asNobody ?? [] : []
            let outcome = try Scratch().run(
                user + ["/usr/bin/python3", Checkout.root + "/scripts/kills.py", Program.portrun, "--kills", "30"])
            #expect(outcome.ending == .exited(0), "\(outcome)")
            #expect(
                outcome.output.hasPrefix(
                    "30 translated runs killed (launcher 6, supervisor 6, both 6, group 6, Ctrl-C 6): "))
        }
    }
#endif
