import Testing

@testable import PortrunBase
@testable import PortrunLaunch

/// When a server listens elsewhere: the rule of `PortExpectation.verdict`.
struct PortExpectationTests {
    /// A look at a command whose server is booked 3001 and usually on 5173, with postgres booked on 5433.
    struct Look: Sendable, CustomTestStringConvertible {
        let claim: String
        let ports: [Int]
        var earlier: [Int] = []
        var told: [Int] = []
        var isLate = false
        /// The port elsewhere; 0 for settled, nil for undecided.
        let verdict: Int?

        var testDescription: String { claim }
    }

    static let looks = [
        Look(claim: "nothing listens yet", ports: [], verdict: nil),
        Look(claim: "it listens where it should", ports: [3001], verdict: 0),
        Look(claim: "it listens on more", ports: [8000, 3001, 5173], verdict: 0),
        Look(claim: "it listens where it usually does", ports: [5173], verdict: 5173),
        Look(claim: "and on others", ports: [9229, 5173, 24678, 40000], verdict: 5173),
        Look(claim: "that port is told by a portrun inside", ports: [5173], told: [5173], verdict: nil),
        Look(claim: "another port, early", ports: [8000], earlier: [8000], verdict: nil),
        Look(claim: "another port, for the first time", ports: [8000], isLate: true, verdict: nil),
        Look(claim: "another port, late and twice", ports: [8000], earlier: [8000], isLate: true, verdict: 8000),
        Look(claim: "which has two sockets", ports: [8000, 8000], earlier: [8000], isLate: true, verdict: 8000),
        Look(claim: "beside one that came later", ports: [8000, 8001], earlier: [8000], isLate: true, verdict: 8000),
        Look(
            claim: "beside an inspector and a random one", ports: [9229, 8000, 45678], earlier: [8000], isLate: true,
            verdict: 8000),
        Look(claim: "an inspector alone", ports: [9229], earlier: [9229], isLate: true, verdict: nil),
        Look(claim: "live reload alone", ports: [24678], earlier: [24678], isLate: true, verdict: nil),
        Look(claim: "a random port alone", ports: [45678], earlier: [45678], isLate: true, verdict: nil),
        Look(claim: "a database alone", ports: [5432], earlier: [5432], isLate: true, verdict: nil),
        Look(claim: "another service's booked port", ports: [5433], earlier: [5433], isLate: true, verdict: nil),
        Look(claim: "80", ports: [80], earlier: [80], isLate: true, verdict: 80),
        Look(
            claim: "another port of an inner portrun", ports: [3002], earlier: [3002], told: [3002], isLate: true,
            verdict: nil),
    ]

    @Test(arguments: looks)
    func judges(_ look: Look) throws {
        let server = try server("web", booked: 3001, usual: 5173)
        let expectation = PortExpectation(
            [server], others: try ports([3001, 5433]), ephemeral: try #require(PortRange("32768-60999")))
        let verdict = expectation.verdict(
            on: try ports(look.ports), earlier: try ports(look.earlier), told: try ports(look.told),
            isLate: look.isLate)
        switch look.verdict {
        case nil: #expect(verdict == .undecided)
        case 0: #expect(verdict == .settled)
        case let number?:
            let port = try #require(Port(number))
            #expect(verdict == .elsewhere(server, [port]))
        }
    }

    static let scripts: [(ports: [Int], elsewhere: (service: String, port: Int)?)] = [
        ([5174, 5001], nil), ([5174, 5000], ("flask", 5000)), ([5173, 5001], ("vite", 5173)),
        // The one that is missing may still come, and whose another port is nobody knows.
        ([5174], nil), ([5174, 8000], nil),
    ]

    @Test(arguments: scripts.indices)
    func judgesServersOfOneScript(_ index: Int) throws {
        let (listening, elsewhere) = Self.scripts[index]
        let servers = [
            try server("vite", booked: 5174, usual: 5173), try server("flask", booked: 5001, usual: 5000),
        ]
        let expectation = PortExpectation(
            servers, others: try ports([3001]), ephemeral: try #require(PortRange("32768-60999")))
        let ports = try ports(listening)
        let verdict = expectation.verdict(on: ports, earlier: ports, isLate: true)
        if let elsewhere {
            let server = try #require(servers.first { $0.service.description == elsewhere.service })
            let port = try #require(Port(elsewhere.port))
            #expect(verdict == .elsewhere(server, [port]))
        } else {
            #expect(verdict == (index == 0 ? .settled : .undecided))
        }
    }

    @Test func aUsualPortThatAnotherServerHasBookedIsThatOnes() throws {
        let servers = [
            try server("flask", booked: 5000, usual: 5000), try server("flask-2", booked: 5001, usual: 5000),
        ]
        let expectation = PortExpectation(servers, others: [], ephemeral: try #require(PortRange("32768-60999")))
        let ports = try ports([5000])
        #expect(expectation.verdict(on: ports) == .undecided)
    }

    /// Other checkouts are to know it: their commands would reach it.
    @Test func aDatabaseThatACommandStartsIsNews() throws {
        let expectation = PortExpectation([], others: [], ephemeral: try #require(PortRange("32768-60999")))
        let database = try ports([6399])
        #expect(expectation.verdict(on: database, earlier: database) == .settled)
        #expect(expectation.further(database + (try ports([9229, 24678, 45678])), told: []) == database)
    }

    @Test func aServerOnTwoOtherPortsIsToldOf() throws {
        let server = try server("web", booked: 3001, usual: 5173)
        let expectation = PortExpectation([server], others: [], ephemeral: try #require(PortRange("32768-60999")))
        let ports = try ports([8000, 8001, 9229])
        #expect(
            expectation.verdict(on: ports, earlier: ports, isLate: true) == .elsewhere(server, [ports[0], ports[1]]))
        let stray = StrayListener(name: "python3", ports: [ports[0], ports[1]], server: server)
        #expect(stray.message == "python3 listens on 8000 and 8001, booked 3001")
    }

    /// Its number has led it to a port of the checkout's own of which nobody knew whose it is.
    @Test func theOnlyServerWithoutANumberHasWhatItsNumberLeadsTo() throws {
        let range = try #require(PortRange("32768-60999"))
        let (own, aside) = (try #require(Port(3001)), try #require(Port(10000)))
        let web = PortExpectation.Server(
            try #require(ServiceName("web")), booked: own, usual: nil, variable: "PORT", placeholder: "{port}")
        let expectation = PortExpectation([web], others: [own, aside], unowned: [aside], ephemeral: range)
        #expect(expectation.verdict(on: [aside], earlier: [aside], isLate: true) == .found([aside]))
        // It may come yet, or be another's.
        #expect(expectation.verdict(on: [aside], earlier: [aside]) == .undecided)
        #expect(expectation.verdict(on: [aside], isLate: true) == .undecided)
        #expect(expectation.verdict(on: [aside], earlier: [aside], told: [aside], isLate: true) == .undecided)
        #expect(expectation.verdict(on: [own, aside], earlier: [own, aside], isLate: true) == .settled)
        let known = try server("web", booked: 3001, usual: 3000)
        let others = PortExpectation([known], others: [own, aside], unowned: [aside], ephemeral: range)
        #expect(others.verdict(on: [aside], earlier: [aside], isLate: true) == .undecided)
    }

    @Test func aKnownServerIsSilentWhereNothingCouldBeIt() throws {
        let (unknown, known) = (
            try server("web", booked: 3001, usual: 3000), try server("vite", booked: 5174, usual: 5173, name: "vite")
        )
        let expectation = PortExpectation(
            [unknown, known], others: [], ephemeral: try #require(PortRange("32768-60999")))
        #expect(expectation.silent(on: [], told: []) == known)
        #expect(expectation.silent(on: try ports([3001, 9229]), told: []) == known)
        #expect(expectation.silent(on: try ports([8000]), told: []) == nil)
        #expect(expectation.silent(on: try ports([8000]), told: try ports([8000])) == known)
        #expect(expectation.silent(on: try ports([5174]), told: []) == nil)
        #expect(
            StrayListener(name: "vite", ports: [], server: known).message
                == "vite listens on nothing yet, booked 5174")
    }

    private func server(
        _ service: String, booked: Int, usual: Int, name: String? = nil
    ) throws -> PortExpectation.Server {
        PortExpectation.Server(
            try #require(ServiceName(service)), name: name, booked: try #require(Port(booked)), usual: Port(usual),
            variable: "PORT", placeholder: "{port}")
    }

    private func ports(_ numbers: [Int]) throws -> [Port] { try numbers.map { try #require(Port($0)) } }
}
