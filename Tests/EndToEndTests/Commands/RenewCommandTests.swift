import PortrunBase
import PortrunLaunch
import Testing

@Suite(.timeLimit(.minutes(30)))
struct RenewCommandTests {
    let project: Project

    init() throws { project = try Project() }

    @Test func putsTheEndOff() throws {
        #expect(try project.run("book", "preview", "--ttl", "100") == .printed("preview \(project.first)\n"))
        let first = try end()
        let renewed = try project.run("renew", "preview", "--ttl", "100000")
        #expect(renewed == .printed("preview \(project.first) until \(try end())\n"))
        #expect(try end() > first)
        #expect(try project.run("renew", "\(project.first)", "-q") == .printed(""))
        #expect(try project.run("renew", "preview", "--json").output.contains("\"expires\": \"\(try end())\""))
        #expect(try project.run("book", "preview", "--ttl", "100") == .printed("preview \(project.first)\n"))
        #expect(try end() < "2100")
    }

    /// Who holds it may well go on when the time is over.
    @Test func saysWhoMayHoldItLonger() throws {
        let running = try project.start("run", "preview")
        _ = try project.run("book", "preview", "--ttl", "100")
        let renewed = try project.run("renew", "preview", "--ttl", "1000")
        let pid = try #require(try Lease.all(in: project.scratch).first?.pid)
        let line = try #require(
            renewed.output.wholeMatch(of: /preview ([0-9]+) until 2[0-9TZ:-]+, or as long as pid ([0-9]+) runs\n/))
        #expect(line.1 == "\(running.port)" && line.2 == "\(pid)")
        running.program.closeInput()
        _ = try running.program.finish()
    }

    @Test func refusesWhatHasNoTimeToLive() throws {
        _ = try project.run("book", "mail")
        #expect(
            try project.run("renew", "mail")
                == .failed(
                    1,
                    """
                    portrun: error: the booking of `mail` has no time to live
                    portrun: hint: it stays until it is released

                    """))
        #expect(
            try project.run("renew", "nope")
                == .failed(
                    1,
                    """
                    portrun: error: nothing booked for `nope` in project
                    portrun: hint: an expired booking is gone: `portrun book --ttl SECONDS` books anew

                    """))
        #expect(
            try project.run("renew", "9")
                == .failed(
                    1,
                    """
                    portrun: error: port 9 is not booked
                    portrun: hint: an expired booking is gone: `portrun book --ttl SECONDS` books anew

                    """))
    }

    @Test func bookingWithoutATimeMakesItStay() throws {
        _ = try project.run("book", "preview", "--ttl", "100")
        _ = try project.run("book", "preview")
        #expect(try project.run("renew", "preview").ending == .exited(1))
        #expect(try project.run("status", "--free", "-q") == .printed("\(project.first)\n"))
    }

    @Test func canBeReleasedEarly() throws {
        _ = try project.run("book", "preview", "--ttl", "100")
        #expect(try project.run("release", "preview") == .printed("preview \(project.first)\n"))
    }

    @Test func isGoneAfterItsTime() throws {
        _ = try project.run("book", "preview", "--ttl", "1")
        let outcome = try project.scratch.shell(
            #"while found=$("$LAUNCHER" gc); [ "${found#*over}" = "$found" ]; do :; done; echo "$found""#
        )
        #expect(
            outcome
                == .printed(
                    """
                    dropped project preview \(project.first): its time to live is over
                    dropped 0 dead leases, 1 booking

                    """))
        #expect(try project.run("get", "preview", "--no-book", "-q").ending == .exited(1))
    }

    @Test(arguments: [
        ["check", "PORT", "-q"], ["get", "preview", "--no-book", "-q"], ["find", "--start=PORT", "--end=PORT"],
        ["list", "-q"],
    ])
    func isGoneForWhoeverLooks(_ words: [String]) throws {
        let port = project.outside
        _ = try project.run("book", "preview", "--ttl", "1", "--port", "\(port)")
        let look = words.map { $0.replacing("PORT", with: "\(port)") }
        let before = try project.run(look)
        var after = before
        while after == before { after = try project.run(look) }
        #expect(after.output == (words[0] == "find" ? "\(port)\n" : ""))
        #expect(after.ending == .exited(words[0] == "get" ? 1 : 0))
    }

    /// When the booking of `preview` ends, as listings say.
    private func end() throws -> String {
        let listing = try project.run("status").output
        return String(try #require(listing.firstMatch(of: /until ([0-9TZ:-]+)\n/)).1)
    }
}
