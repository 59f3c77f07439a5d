#if os(Linux)
    import PortrunBase
    import PortrunLaunch
    import Testing

    /// What a launcher hears of its command's ports.
    @Suite(.timeLimit(.minutes(30)))
    struct TranslationEventTests {
        let translated: TranslatedProject

        init() throws { translated = try TranslatedProject() }

        private func event(_ text: String) -> String { "translated: \(text)\n" }

        @Test func aServerOnAnUnknownPortIsToldOfOnce() throws {
            let script = """
                python3 server.py $U own & unknown=$!
                python3 server.py $D own & declared=$!
                read line; kill $unknown; wait $unknown
                python3 server.py $U own & unknown=$!
                read line; kill $unknown $declared
                """
            let program = try translated.start(script: script)
            let expected = event("listening \(translated.unknown) tcp")
            try program.errors.wait(for: expected)
            program.write("again\n")
            for _ in 0..<3 { try program.wait(for: "ready\n") }
            usleep(200_000)
            program.closeInput()
            // The shell says that one was terminated.
            #expect(try program.finish().errors.components(separatedBy: expected).count == 2)
        }

        @Test func ephemeralAndBookedPortsAreNotNews() throws {
            let program = try translated.start(
                script: """
                    python3 -c 'import socket, sys, os, time
                    ports = [0, 45678, int(os.environ["B"]), int(os.environ["U"])]
                    listeners = [socket.create_server(("127.0.0.1", port)) for port in ports]
                    sys.stdin.read()'
                    """)
            try program.errors.wait(for: event("listening \(translated.unknown) tcp"))
            program.closeInput()
            #expect(try program.finish().errors == event("listening \(translated.unknown) tcp"))
        }

        /// A client that waits for an answer, and one that does not.
        @Test(arguments: [
            "python3 client.py $D",
            "node -e 'require(\"net\").connect(process.env.D).on(\"error\", e => console.log(e.code))'",
        ])
        func aConnectionThatMeetsSilenceIsToldOfOnce(_ client: String) throws {
            let outcome = try translated.run(script: "\(client); \(client); sleep 0.3; \(client); sleep 0.3")
            #expect(outcome.errors == event("refused \(translated.declared) → \(translated.booked) tcp"))
        }

        @Test func aServerThatIsYetToStartIsNoSilence() throws {
            let script = """
                (sleep 0.5; exec python3 server.py $D own) & server=$!
                until [ "$(python3 client.py $D)" = own ]; do :; done
                sleep 3; kill $server
                """
            #expect(try translated.run(script: script).errors == "")
        }

        @Test func silenceIsToldOfWhileTheCommandRuns() throws {
            let program = try translated.start(script: "python3 client.py $D; read line")
            try program.errors.wait(for: event("refused \(translated.declared) → \(translated.booked) tcp"))
            #expect(!program.hasExited())
            program.closeInput()
            _ = try program.finish()
        }

        @Test func aServerOnTheOtherAddressIsNoSilence() throws {
            let server = try translated.startServer("own", on: translated.booked)
            #expect(try translated.run(script: "python3 client.py $D ::1; sleep 0.3").errors == "")
            server.signal(SIGKILL)
        }

        @Test(arguments: [true, false])
        func aPortThatSomebodyElseHasIsToldOfWithTheHolder(isDeclared: Bool) throws {
            let booked = isDeclared ? translated.booked : translated.unknown
            let declared = isDeclared ? translated.declared : translated.unknown
            let server = try translated.startServer("other", on: booked)
            let outcome = try translated.run(
                script: "for turn in 1 2; do python3 server.py \(declared) own 2>&1 | tail -n 1; sleep 0.3; done")
            #expect(outcome.output.components(separatedBy: "Address already in use").count == 3)
            #expect(outcome.errors == event("taken \(declared) → \(booked) tcp by \(server.pid)"))
            server.signal(SIGKILL)
        }

        /// Root may read all.
        @Test func aProgramThatCannotBeReadIsToldOfOnce() throws {
            let hidden = """
                import ctypes, socket, sys
                ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)
                for _ in range(2):
                    print(socket.socket().connect_ex(("127.0.0.1", int(sys.argv[1]))) != 0)
                """
            let outcome = try translated.scratch.run(
                (OtherUser.asNobody ?? []) + translated.words()
                    + ["/usr/bin/python3", "-c", hidden, "\(translated.declared)"])
            #expect(outcome.output == "True\nTrue\n")
            #expect(outcome.errors == event("unreadable"))
        }

        /// A call that waits could not be ended.
        @Test func withoutSignalsToQueueNothingIsTranslated() throws {
            let outcome = try translated.scratch.run(
                ["/bin/bash", "-c", "ulimit -i 0; exec \"$@\"", "bash"] + (OtherUser.asNobody ?? [])
                    + translated.words() + ["/bin/true"])
            #expect(outcome.ending == .exited(0))
            #expect(outcome.errors == event("localhost cannot be translated: Resource temporarily unavailable"))
        }

        @Test func aPortOfTheSameCommandIsNotTaken() throws {
            let outcome = try translated.run(
                script:
                    "python3 server.py $D one & one=$!; sleep 0.5; python3 server.py $D two 2>/dev/null; sleep 0.5; kill $one"
            )
            #expect(outcome.errors == "")
        }
    }
#endif
