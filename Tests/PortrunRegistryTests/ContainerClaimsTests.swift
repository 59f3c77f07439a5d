import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunRegistry

/// Which bookings running containers hold, and what that keeps `gc` from.
struct ContainerClaimsTests {
    let test: TestRegistry
    /// Has no compose project on record.
    private let main = Context.named("shop/main", at: "/src/shop")
    /// Has `shop-feature`.
    private let feature = Context.named("shop/feature", at: "/src/feature")

    init() throws {
        test = try TestRegistry()
        try test.book([.compose("db", declared: 5432), .web(8080), .dns], for: main)
        try test.book([.compose("db", declared: 5433), .web(8081), .furtherOfAPI], for: feature)
        try test.write { transaction in
            let record = try #require(try transaction.find(identity: "shop/feature"))
            _ = try transaction.projectName(of: record, feature, own: nil)
        }
    }

    @Test(
        arguments: [
            // By the project on record, wherever it was started.
            (.running("shop-feature", "db", at: "/elsewhere", 5433), "shop/feature db"),
            (.running("shop-feature", "web", at: nil, 8081), "shop/feature web"),
            // By its folder.
            (.running("shop", "db", at: "/src/shop", 5432), "shop/main db"),
            (.running("shop", "db", at: "/src/shop/deploy", 5432), "shop/main db"),
            (.running("named-by-the-user", "db", at: "/src/feature", 5433), "shop/feature db"),
            (.running("shop", "dns", at: "/src/shop", 5353, .udp), "shop/main dns"),
            // Neither.
            (.running("shop", "db", at: "/src/shopping", 5432), nil), (.running("shop", "db", at: "/src", 5432), nil),
            (.running("shop", "db", at: nil, 5432), nil), (.running("shop", "db", at: "", 5432), nil),
            // Another context's project, in this one's folder.
            (.running("shop-feature", "db", at: "/src/shop", 5432), nil),
            // Its context, but none of its ports.
            (.running("shop-feature", "db", at: "/src/feature", 5432), nil),
            (.running("shop-feature", "db", at: "/src/feature", 15_432), nil),
            (.running("shop-feature", "db", at: "/src/feature", 5433, .udp), nil),
            (.running("shop", "dns", at: "/src/shop", 5353, .tcp), nil),
            // Waiting for a restart.
            (.running("shop-feature", "web", at: nil, nil), "shop/feature web"),
            (.running("shop-feature", "api", at: nil, nil), "shop/feature api-8000"),
            (.running("shop-feature", nil, at: nil, nil), nil), (.running("shop", "web", at: "/src/shop", nil), nil),
            // Its service publishes nothing: this booking is a command's.
            (.running("shop-feature", "db", at: nil, nil), nil),
        ] as [(Container, String?)])
    func aContainerHolds(_ container: Container, booking: String?) throws {
        test.facts.containers = [container]
        let held = try test.write { try $0.status() }.filter { $0.state == .contained(container) }
        #expect(held.map { "\($0.context.label) \($0.booking.service)" } == (booking.map { [$0] } ?? []))
        #expect(held.allSatisfy { $0.state.name == "live" })
    }

    @Test(arguments: [(7000, true), (7002, true), (6999, false), (7003, false)] as [(Port, Bool)])
    func aContainerWithOneOfABlocksPortsHoldsTheBlock(_ port: Port, isHeld: Bool) throws {
        try test.book([.compose("replicas", declared: 7000, count: 3)], for: main)
        test.facts.containers = [.running("shop", "replicas", at: main.path, port)]
        let held = try test.write { try $0.status() }.filter { $0.state == .contained(test.facts.containers[0]) }
        #expect(held.map(\.booking.service) == (isHeld ? ["replicas"] : []))
    }

    @Test func aBranchThatWasSwitchedLeavesItsContainersTheirBookings() throws {
        try test.book([.compose("db", declared: 5434)], for: .named("shop/other", at: main.path))
        test.facts.containers = [.running("shop", "db", at: main.path, 5432)]
        #expect(
            try test.status().filter { $0.hasSuffix("live") } == ["shop/main db 5432 live"],
            "both contexts have one folder, and one of them the port")
    }

    @Test func aLiveCommandIsNamedBeforeAContainer() throws {
        try test.launch([.compose("db", declared: 5432)], pid: 7, for: main)
        test.facts.containers = [.running("shop", "db", at: "/src/shop", 5432)]
        let states = try test.write { try $0.status() }.map(\.state)
        #expect(states.filter { $0.name == "live" } == [.live(pid: 7, command: "server")])
    }

    @Test(arguments: [GoneReason.path, .branch, nil])
    func collectingKeepsAndTellsWhatAContainerHolds(_ gone: GoneReason?) throws {
        let container = Container.running("shop-feature", "db", at: nil, 5433)
        test.facts.containers = [container]
        test.facts.gone = gone.map { ["/src/feature": $0, "/src/shop": $0] } ?? [:]
        test.facts.now += 2 * 86_400
        let staleDays = gone == nil ? 1 : nil
        let outcome = try test.write { try $0.collect(staleDays: staleDays) }
        let reason: CollectionOutcome.Reason = gone == .path ? .path : gone == .branch ? .branch : .stale
        #expect(outcome.kept.map { "\($0.label) \($0.booking.service)" } == ["shop/feature db"])
        #expect(outcome.kept.allSatisfy { $0.reason == reason && $0.container == container })
        #expect(outcome.bookings.map(\.label) == ["shop/main", "shop/main", "shop/main"])
        #expect(
            try test.write { try $0.status() }.map { $0.booking.service }
                == ["db", "api-8000", "web"], "the checkout is in use, so all of it stays")
        test.facts.containers = []
        let later = try test.write { try $0.collect(staleDays: staleDays) }
        #expect(later.kept.isEmpty && later.bookings.map(\.label) == Array(repeating: "shop/feature", count: 3))
        #expect(try test.status() == [])
    }

    @Test(arguments: [
        ("db", "x", true), ("shop-feature-db", "x", true), ("other", "registry:5000/db:16", true),
        ("other", "x", false), ("my-db", "x", false),
    ])
    func aContainerWithoutAProjectHoldsWhatItIsCalledAfter(_ name: String, _ image: String, _ isHeld: Bool) throws {
        try test.book([.compose("db", declared: 5433)], for: feature)
        let container = Container(
            name: name, project: nil, service: nil, workingDirectory: nil, published: [.init(5433, .tcp)], image: image)
        test.facts.containers = [container]
        let held = try test.write { try $0.status() }.filter { $0.state == .contained(container) }
        #expect(held.map(\.booking.port) == (isHeld ? [5433] : []))
    }

    @Test func whatIsNotToBeDroppedIsNotTold() throws {
        test.facts.containers = [.running("shop-feature", "db", at: nil, 5433)]
        let outcome = try test.write { try $0.collect(staleDays: nil) }
        #expect(outcome.isEmpty && outcome.kept.isEmpty)
    }

    @Test func theLeaseOfADeadCommandIsReapedBesideAContainer() throws {
        try test.launch([.compose("db", declared: 5433)], pid: 7, for: feature)
        test.facts.dead = [7]
        test.facts.gone = ["/src/feature": .path]
        test.facts.containers = [.running("shop-feature", "db", at: nil, 5433)]
        let outcome = try test.write { try $0.collect(staleDays: nil) }
        #expect(outcome.deadLeases.map(\.holder.pid) == [7] && outcome.bookings.isEmpty && outcome.kept.count == 1)
    }
}

extension Container {
    fileprivate static func running(
        _ project: String, _ service: String?, at folder: String?, _ port: Port?, _ transport: TransportProtocol = .tcp
    ) -> Container {
        Container(
            name: "\(project)-\(service ?? "x")-1", project: project, service: service, workingDirectory: folder,
            published: port.map { [PublishedPort($0, transport)] } ?? [])
    }
}

extension ServiceRequest {
    fileprivate static func web(_ port: Port) -> ServiceRequest {
        var request = ServiceRequest.compose("web", declared: port)
        request.target = 80
        return request
    }

    /// A further port of the service `api`.
    fileprivate static var furtherOfAPI: ServiceRequest {
        var request = ServiceRequest.compose("api-8000", declared: 8000)
        request.target = 8000
        return request
    }

    fileprivate static var dns: ServiceRequest { .compose("dns", declared: 5353, transport: .udp) }
}
