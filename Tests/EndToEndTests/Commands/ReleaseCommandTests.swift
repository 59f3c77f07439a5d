import PortrunBase
import PortrunLaunch
import Testing

@Suite(.timeLimit(.minutes(30)))
struct ReleaseCommandTests {
    let project: Project

    init() throws { project = try Project() }

    @Test func givesBackWhatItIsTold() throws {
        _ = try project.run("book", "a", "b", "c")
        let first = project.first
        #expect(try project.run("release", "b") == .printed("b \(first + 1)\n"))
        #expect(
            try project.run("status", "-q") == .printed("\(first)\n\(first + 2)\n"))
        #expect(try project.run("release", "--all") == .printed("a \(first)\nc \(first + 2)\n"))
        #expect(try project.run("status", "--all") == .printed(""))
        #expect(try project.run("release", "--all") == .printed(""))
    }

    @Test func refusesWhatIsNotBookedAndReleasesNothing() throws {
        _ = try project.run("book", "a")
        #expect(
            try project.run("release", "a", "nope")
                == .failed(
                    1,
                    """
                    portrun: error: nothing booked for `nope` in project
                    portrun: hint: `portrun status` lists what is booked

                    """))
        #expect(try project.run("get", "a", "--no-book") == .printed("a \(project.first)\n"))
    }

    @Test func findsABookingByItsPortOrNumber() throws {
        let first = project.first
        _ = try project.run("book", "a", "b", "--context", "other")
        #expect(try project.run("release", "--port", "\(first)") == .printed("a \(first)\n"))
        #expect(
            try project.run("release", "--port", "\(first)")
                == .failed(
                    1,
                    """
                    portrun: error: port \(first) is not booked
                    portrun: hint: `portrun status --all` lists every booking

                    """))
        let listing = try project.run("status", "--all", "--json").output
        let id = try #require(listing.firstMatch(of: /"id": ([0-9]+)/)).1
        #expect(try project.run("release", "--id", "\(id)") == .printed("b \(first + 1)\n"))
        #expect(
            try project.run("release", "--id", "\(id)")
                == .failed(
                    1,
                    """
                    portrun: error: no booking has the number \(id)
                    portrun: hint: `portrun status --all` lists every booking

                    """))
    }

    @Test func takesTheCheckoutsOfAnApp() throws {
        let first = project.first
        for instance in ["main", "topic"] {
            _ = try project.run("book", "a", "b", "--app", "shop", "--instance", instance)
        }
        _ = try project.run("book", "a")
        #expect(
            try project.run("release", "b", "--app", "shop")
                == .printed("shop/main b \(first + 1)\nshop/topic b \(first + 3)\n"))
        #expect(
            try project.run("release", "--app", "shop", "--instance", "topic")
                == .printed("shop/topic a \(first + 2)\n"))
        #expect(try project.run("release", "--app", "shop") == .printed("shop/main a \(first)\n"))
        #expect(
            try project.run("release", "--app", "shop")
                == .failed(
                    1,
                    """
                    portrun: error: nothing booked in shop
                    portrun: hint: `portrun status --all` lists every booking

                    """))
        #expect(try project.run("release", "a", "--json").output.hasPrefix("[\n  {\n    \"id\": "))
        #expect(try project.run("status", "--all") == .printed(""))
    }

    @Test func leavesOtherCheckoutsAlone() throws {
        _ = try project.run("book", "a", "--context", "other")
        _ = try project.run("book", "b")
        #expect(try project.run("release", "--all", "-q") == .printed(""))
        #expect(try project.run("status", "--context", "other", "-q") == .printed("\(project.first)\n"))
        #expect(try project.run("status", "--all", "-q") == .printed("\(project.first)\n"))
    }

    @Test func doesNotTakeAPortFromARunningCommandUnlessForced() throws {
        let (program, port) = try project.start()
        let refused = try project.run("release", "web")
        #expect(refused.ending == .exited(1))
        #expect(refused.errors.hasPrefix("portrun: error: `web` is held by pid "))
        #expect(refused.errors.hasSuffix("\nportrun: hint: end it first, or use `--force`\n"))
        #expect(try project.run("release", "web", "--force") == .printed("web \(port)\n"))
        program.closeInput()
        #expect(try program.finish() == Outcome(ending: .exited(1), output: "ready \(port)\n", errors: ""))
    }
}
