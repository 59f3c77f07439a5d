#if os(Linux)
    import Foundation
    import PortrunBase
    import PortrunLaunch
    import Testing

    /// Another user of the machine connects as often as they like.
    @Suite(.timeLimit(.minutes(30)), .enabled(if: OtherUser.asNobody != nil, "not root"))
    struct StrangerTests {
        /// Says `refused` once a request is answered with 403 and the connection closed.
        private static let once = """
            import socket, sys
            client = socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=20)
            client.sendall(b"GET / HTTP/1.1\\r\\nHost: 127.0.0.1:%s\\r\\n\\r\\n" % sys.argv[1].encode())
            answer = b""
            while chunk := client.recv(65536): answer += chunk
            print("refused" if answer.startswith(b"HTTP/1.1 403 ") and b"onnection: close" in answer else answer)
            """

        /// Keeps as many connections as it gets, with a request on each second one, and says when it has them.
        private static let crowd = """
            import resource, socket, sys, time
            resource.setrlimit(resource.RLIMIT_NOFILE, (2000, 2000))
            crowd = []
            for number in range(600):
                client = socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=20)
                if number % 2: client.sendall(b"GET / HTTP/1.1\\r\\nHost: 127.0.0.1:%s\\r\\n\\r\\n" % sys.argv[1].encode())
                crowd.append(client)
            print("connected", flush=True)
            time.sleep(600)
            """

        @Test func isRefusedOnce() throws {
            let daemon = try TestDaemon()
            let prefix = try #require(OtherUser.asNobody)
            let words = prefix + ["/usr/bin/python3", "-c", Self.once, "\(daemon.address.port)"]
            #expect(try daemon.project.scratch.run(words).output == "refused\n")
        }

        /// The daemon has 256 descriptors, and the other user 600 connections.
        @Test func doesNotLockTheOwnerOut() throws {
            let project = try Project()
            let daemon = try TestDaemon(in: project, before: ["/bin/sh", "-c", "ulimit -n 256; exec \"$@\"", "sh"])
            let prefix = try #require(OtherUser.asNobody)
            let crowd = try project.scratch.start(
                prefix + ["/usr/bin/python3", "-c", Self.crowd, "\(daemon.address.port)"],
                environment: project.scratch.environment)
            defer { crowd.signal(SIGKILL) }
            try crowd.wait(for: "connected")
            let folder = "/proc/\(daemon.program.pid)/fd"
            #expect(try daemon.ask("GET", "/healthz").status == 200)
            #expect(try daemon.askDoor().status == 200)
            try Deadline.wait(for: "the others to be gone") {
                (try? FileManager.default.contentsOfDirectory(atPath: folder).count).map { $0 < 40 } ?? false
            }
            #expect(try daemon.askDoor().status == 200)
        }
    }
#endif
