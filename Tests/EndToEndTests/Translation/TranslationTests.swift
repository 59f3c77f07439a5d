#if os(Linux)
    import PortrunBase
    import PortrunLaunch
    import Testing

    /// Programs that have a port in their source, beside somebody else who has that port.
    @Suite(.timeLimit(.minutes(30)))
    struct TranslationTests {
        /// Servers that say `own`; `$D` is the declared port.
        static let servers: [(name: String, script: String)] = [
            ("python3", "exec python3 server.py $D own"),
            ("python3", "exec python3 server.py $D own 0.0.0.0"),
            ("python3", "exec python3 server.py $D own ::"),
            (
                "python3",
                """
                exec python3 -c 'import asyncio, os
                async def say(reader, writer): writer.write(b"own\\n"); writer.close()
                async def main(): await (await asyncio.start_server(say, "localhost", os.environ["D"])).serve_forever()
                asyncio.run(main())'
                """
            ),
            ("node", "exec node -e 'require(\"net\").createServer(s => s.end(\"own\\n\")).listen(process.env.D)'"),
            (
                "perl",
                """
                exec perl -MIO::Socket::INET -e '
                my $l = IO::Socket::INET->new(LocalPort => $ENV{D}, LocalAddr => "127.0.0.1", Listen => 5, ReuseAddr => 1);
                while (my $c = $l->accept) { print $c "own\\n"; close $c }'
                """
            ),
        ]

        @Test(arguments: servers.indices)
        func aServerListensOnItsBookedPort(_ index: Int) throws {
            let (name, script) = Self.servers[index]
            guard Program.find(name) != nil else { return }
            let translated = try TranslatedProject()
            let other = try translated.startServer("other", on: translated.declared)
            let program = try translated.start(script: script)
            try Deadline.wait(for: "the server") { try translated.answer(on: translated.booked) == "own\n" }
            #expect(try translated.answer(on: translated.declared) == "other\n")
            program.signal(SIGTERM)
            #expect(try program.finish().ending == .signalled(SIGTERM))
            try translated.waitForEnd()
            other.signal(SIGKILL)
        }

        /// Clients that print what the server on `$D` says.
        static let clients: [(name: String, script: String)] = [
            ("python3", "python3 client.py $D"), ("python3", "python3 client.py $D localhost"),
            ("python3", "python3 client.py $D 127.9.9.9"), ("python3", "python3 client.py $D ::ffff:127.0.0.1"),
            ("python3", "python3 client.py $D 0.0.0.0"), ("python3", "python3 client.py $D ::1"),
            ("bash", "bash -c 'exec 3<>/dev/tcp/localhost/$D; cat <&3'"),
            ("node", "node -e 'require(\"net\").connect(process.env.D, \"localhost\").pipe(process.stdout)'"),
            ("perl", "perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(\"localhost:$ENV{D}\")->getline'"),
            ("curl", "curl -s --http0.9 localhost:$D"),
            ("curl", "curl -s --http0.9 --tcp-fastopen localhost:$D"),
            // An address of the machine itself, where it has one.
            ("python3", "python3 client.py $D $(hostname -I | cut -d' ' -f1)"),
            // A thread that is not the first of its process.
            (
                "python3",
                "python3 -c 'import subprocess, sys, threading; t = threading.Thread(target=lambda: exec(open(\"client.py\")"
                    + ".read())); t.start(); t.join()' $D"
            ),
        ]

        @Test(arguments: clients.indices)
        func aClientReachesTheBookedPort(_ index: Int) throws {
            let (name, script) = Self.clients[index]
            guard Program.find(name) != nil else { return }
            let translated = try TranslatedProject()
            let servers = [
                try translated.startServer("other", on: translated.declared, address: "::"),
                try translated.startServer("own", on: translated.booked, address: "::"),
            ]
            #expect(try translated.run(script: script) == .printed("own\n"))
            servers.forEach { $0.signal(SIGKILL) }
        }

        @Test func aNumberInNoEntryIsLeftAlone() throws {
            let translated = try TranslatedProject()
            let server = try translated.startServer("other", on: translated.unknown)
            #expect(
                try translated.run(script: "python3 client.py $U; python3 client.py $B").output
                    == "other\nConnection refused\n")
            server.signal(SIGKILL)
        }

        @Test func whoConnectsMeansTheRunningServerUntilOneIsUpBelow() throws {
            let translated = try TranslatedProject()
            let server = try translated.startServer("running", on: translated.unknown)
            let script = """
                python3 client.py $D
                python3 server.py $D own & server=$!
                until [ "$(python3 client.py $D)" = own ]; do sleep 0.05; done
                python3 client.py $B
                kill $server
                """
            let outcome = try translated.run(
                script: script, ["\(translated.declared)=\(translated.unknown):connectOnly"],
                entry: "\(translated.declared)=\(translated.booked):bindOnly")
            #expect(outcome == .printed("running\nready\nown\n"))
            server.signal(SIGKILL)
        }

        @Test func aPrivilegedPortNeedsNoPrivilege() throws {
            let translated = try TranslatedProject()
            // A client that comes before the server is told of.
            let script = """
                said=$(mktemp); python3 server.py 80 own >"$said" & until [ -s "$said" ]; do sleep 0.05; done
                cat "$said"; rm "$said"; python3 client.py 80; kill $!
                """
            let words = (OtherUser.asNobody ?? []) + translated.words(entry: "80=\(translated.booked)")
            let program = try translated.start(
                words + ["/bin/sh", "-c", "cd \(translated.scratch.project); " + script])
            program.closeInput()
            #expect(try program.finish() == .printed("ready\nown\n"))
        }

        static let isRoot = getuid() == 0

        @Test("Another network has another localhost", .enabled(if: isRoot && Program.find("unshare") != nil))
        func leavesOtherNetworksAlone() throws {
            let translated = try TranslatedProject()
            let script = """
                exec unshare -n python3 -c 'import os, socket
                listener = socket.create_server(("0.0.0.0", int(os.environ["D"])))
                print(listener.getsockname()[1])'
                """
            #expect(try translated.run(script: script) == .printed("\(translated.declared)\n"))
        }

        @Test func aLaunchInsideHasTheLocalhostOfTheOuterOne() throws {
            let translated = try TranslatedProject()
            let server = try translated.startServer("own", on: translated.booked)
            let inner = translated.words(entry: "\(translated.declared)=\(translated.unknown)").joined(separator: " ")
            #expect(try translated.run(script: inner + " python3 client.py $D") == .printed("own\n"))
            server.signal(SIGKILL)
        }
    }
#endif
