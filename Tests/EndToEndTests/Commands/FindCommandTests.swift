import PortrunBase
import PortrunLaunch
import Testing

@Suite(.timeLimit(.minutes(30)))
struct FindCommandTests {
    let project: Project

    init() throws {
        project = try Project()
        _ = try project.run("book", "a", "b")
        _ = try project.run("book", "c", "--port", "\(project.first + 4)")
    }

    @Test func goesThroughTheDefaultRange() throws {
        #expect(try project.run("find") == .printed("\(project.first + 2)\n"))
        #expect(try project.run("find", "--count", "3") == .printed(lines(2, 3, 5)))
        #expect(try project.run("find", "--count", "3", "--consecutive") == .printed(lines(5, 6, 7)))
    }

    @Test func booksNothing() throws {
        #expect(try project.run("find", "--count", "2") == project.run("find", "--count", "2"))
        #expect(try project.run("status", "--service", "default", "-q") == .printed(""))
        #expect(try project.run("list", "-q") == .printed(lines(0, 1, 4)))
    }

    @Test func goesWhereItIsTold() throws {
        let start = "\(project.first + 4)"
        #expect(try project.run("find", "--start", start, "--count", "7") == .printed(lines(5, 6, 7, 8, 9, 10, 11)))
        #expect(try project.run("find", "--start", start, "--end", "\(project.first + 5)") == .printed(lines(5)))
    }

    @Test func goesAroundWhatListens() throws {
        let server = try Server(on: "127.0.0.1", port: project.first + 2, in: project.scratch)
        let datagrams = try Server(.udp, on: "::1", port: project.first + 3, in: project.scratch)
        #expect(try project.run("find") == .printed(lines(3)))
        #expect(try project.run("find", "--udp", "--count", "4") == .printed(lines(0, 1, 2, 4)))
        try server.close()
        try datagrams.close()
    }

    @Test func tellsWhyThereAreNotEnough() throws {
        let range = "\(project.first)-\(project.first + 9)"
        #expect(
            try project.run("find", "--count", "8")
                == .failed(
                    1, "portrun: no 8 free ports in \(range): 3 booked, 0 in use by other programs, 0 blocked\n"))
        #expect(
            try project.run("find", "--count", "11")
                == .failed(1, "portrun: no 11 free ports in \(range): there are 10 in all\n"))
        #expect(
            try project.run("find", "--count", "6", "--consecutive")
                == .failed(
                    1,
                    "portrun: no 6 consecutive free ports in \(range): 3 booked, 0 in use by other programs, 0 blocked\n"
                ))
        #expect(try project.run("find", "--count", "8", "-q") == .failed(1, ""))
        #expect(
            try project.run("find", "--start", "\(project.first)", "--end", "\(project.first + 1)", "-q", "--json")
                == Outcome(ending: .exited(1), output: "{\n  \"protocol\": \"tcp\",\n  \"ports\": []\n}\n", errors: ""))
    }

    @Test func goesAroundWhatIsBlocked() throws {
        #expect(
            try project.run("find", "--start", "6665", "--end", "6669")
                == .failed(
                    1, "portrun: no free port in 6665-6669: 0 booked, 0 in use by other programs, 5 blocked\n"))
        #expect(try project.run("find", "--start", "1", "--end", "1023", "-q") == .failed(1, ""))
    }

    @Test func printsJSON() throws {
        #expect(
            try project.run("find", "--udp", "--json")
                == .printed("{\n  \"protocol\": \"udp\",\n  \"ports\": [\n    \(project.first)\n  ]\n}\n"))
    }

    private func lines(_ offsets: Int...) -> String { offsets.map { "\(project.first + $0)\n" }.joined() }
}
