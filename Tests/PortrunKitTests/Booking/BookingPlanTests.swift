import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunCompose
@testable import PortrunKit

struct BookingPlanTests {
    @Test(
        arguments: [
            ("", "web", .web), ("apps/web", "apps-web", .web), ("services/api/v2", "services-api-v2", .web),
            ("redis", "redis", .redis), ("a\nb", "web", .web), ("データ", "データ", .web),
        ] as [(String, ServiceName, ServiceKind)])
    func namesThePrimaryAfterItsFolder(_ folder: String, service: ServiceName, kind: ServiceKind) throws {
        let plan = BookingPlan(
            .init(), folder: folder, declared: [], hasPrimary: true, environment: Environment())
        #expect(plan.primary == 0)
        let request = try #require(plan.requests.first)
        #expect(request.service == service)
        #expect(request.kind == kind)
        #expect(request.isExclusive)
    }

    /// Names are looked up, also of services that have a further port, and of ports on an address of their own.
    @Test(arguments: ["", "127.0.0.1:"])
    func manyPortsArePlannedInLinearTime(_ address: String) throws {
        func time(_ services: Int) throws -> Int64 {
            var declared: [DeclaredPort] = []
            for number in 0..<services * 4 {
                declared.append(
                    .compose(
                        "s\(number / 4)", "\(10000 + number)", target: 100 + number % 4,
                        hostIP: address.isEmpty ? nil : "127.0.0.1"))
            }
            let start = ProcessorClock.nanoseconds()
            let plan = BookingPlan(
                .init(), folder: "", declared: declared, hasPrimary: false, environment: Environment())
            let end = ProcessorClock.nanoseconds()
            #expect(plan.requests.count == services * 4)
            #expect(Set(plan.requests.map(\.service)).count == services * 4)
            #expect(plan.requests[4...5].map(\.service) == ["s1", "s1-101"])
            return end - start
        }
        // The least of some: other tests take the processor's caches away.
        func leastTime(_ services: Int) throws -> Int64 { try (0..<5).map { _ in try time(services) }.min() ?? 0 }
        let first = try leastTime(60)
        let second = try leastTime(240)
        #expect(second < first * 8)
    }

    @Test func nothingIsPrimaryForACommandThatBindsNothing() {
        let plan = BookingPlan(
            .init(), folder: "apps", declared: [], hasPrimary: false, environment: Environment())
        #expect(plan.primary == nil)
        #expect(plan.requests.isEmpty)
    }

    @Test func aNameGivenByTheUserWins() {
        var wishes = BookingPlan.Wishes()
        wishes.service = "api"
        let plan = BookingPlan(
            wishes, folder: "apps/web", declared: [], hasPrimary: true, environment: Environment())
        #expect(plan.requests.map(\.service) == ["api"])
    }

    @Test(
        arguments: [
            (nil, ["web", "db"], [], [true, false]), ([], ["web", "db"], [0], [true, false]),
            (["web"], ["web", "db"], [0], [true, false]),
            (["admin", "web"], ["web", "db", "admin"], [2, 0], [true, false, true]),
            (["db", "db"], ["web", "db"], [1], [true, true]),
        ] as [([ServiceName]?, [ServiceName], [Int], [Bool])])
    func whatIsListenedForIsBookedForOneRunAlone(
        _ names: [ServiceName]?, services: [ServiceName], listening: [Int], isExclusive: [Bool]
    ) {
        var wishes = BookingPlan.Wishes()
        wishes.listens = names
        let plan = BookingPlan(
            wishes, folder: "", declared: [.compose("db", "5432", target: 5432)], hasPrimary: true,
            environment: Environment())
        #expect(plan.requests.map(\.service) == services)
        #expect(plan.listening == listening)
        #expect(plan.requests.map(\.isExclusive) == isExclusive)
    }

    @Test func nothingIsListenedForWithoutAPrimary() {
        var wishes = BookingPlan.Wishes()
        wishes.listens = []
        let plan = BookingPlan(wishes, folder: "", declared: [], hasPrimary: false, environment: Environment())
        #expect(plan.listening.isEmpty)
    }

    @Test func aServiceWithSeveralPortsHasItsNameForTheFirst() {
        let plan = plan(declared: [
            .compose("rabbitmq", "5672", target: 5672), .compose("rabbitmq", "15672", target: 15672),
            .compose("other", "9000", target: 15672),
        ])
        #expect(plan.requests.map(\.service) == ["rabbitmq", "rabbitmq-15672", "other"])
        #expect(plan.requests.map(\.declared) == [5672, 15672, 9000])
        #expect(plan.requests.map(\.entry) == [0, 1, 2])
        #expect(plan.requests.map(\.isExclusive) == [false, false, false])
    }

    @Test func oneTargetPublishedTwiceIsTwoServices() {
        let plan = plan(declared: [
            .compose("db", "5432", target: 5432), .compose("db", "5433", target: 5432),
            .compose("db", "5434", target: 5432),
        ])
        #expect(plan.requests.map(\.declared) == [5432, 5433, 5434])
        #expect(Set(plan.requests.map(\.service)).count == 3)
    }

    @Test func ofARangeTheFirstPortIsDeclared() {
        let plan = plan(declared: [.compose("sip", "7000-7002", target: 7000)])
        #expect(plan.requests.map(\.declared) == [7000])
        #expect(plan.requests.map(\.service) == ["sip"])
    }

    @Test(arguments: [("", "app"), ("apps/web", "apps-web"), ("web", "web-server")] as [(String, ServiceName)])
    func aCommandIsNotTheContainerThatIsCalledLikeItOrItsFolder(_ folder: String, service: ServiceName) {
        let plan = BookingPlan(
            .init(), folder: folder, declared: [.compose("web", "8080", target: 80)], hasPrimary: true,
            environment: Environment())
        #expect(plan.requests.first?.service == service)
        #expect(plan.requests.count == 2)
    }

    @Test func aServiceRunOutsideItsContainerHasItsPort() {
        var wishes = BookingPlan.Wishes()
        wishes.service = "api"
        let declared = [
            DeclaredPort.compose("db", "5432", target: 5432), .compose("api", "8080", target: 80),
        ]
        let plan = BookingPlan(
            wishes, folder: "", declared: declared, hasPrimary: true, environment: Environment())
        #expect(plan.requests.map(\.service) == ["api", "db"])
        #expect(plan.requests.map(\.declared) == [8080, 5432])
        #expect(plan.requests.map(\.isExclusive) == [true, false])
    }

    @Test func udpAndTCPOfOneServiceShareItsName() {
        let plan = plan(declared: [
            .compose("dns", "5300", target: 53), .compose("dns", "5300", target: 53, transport: .udp),
        ])
        #expect(plan.requests.map(\.service) == ["dns", "dns"])
        #expect(plan.requests.map(\.transport) == [.tcp, .udp])
    }

    @Test(arguments: [
        DeclaredPort.compose("a", "0", target: 80), .compose("a", "80", target: 80, transport: nil),
        .compose("a", "80", target: 80, isActive: false), .compose("a", "x", target: 80),
        .compose("a\nb", "80", target: 80),
    ])
    func asksNothingFor(_ declared: DeclaredPort) {
        #expect(plan(declared: [declared]).requests.isEmpty)
    }

    @Test func carriesTheVariableOnlyWhereItMovesNothingElse() {
        let plan = plan(declared: [
            .compose("db", "5432", target: 5432, variable: "PG_PORT"),
            .compose("cache", "6379", target: 6379, variable: "ADDRESS", feedsOnlyHostPort: false),
        ])
        #expect(plan.requests.map(\.variable) == ["PG_PORT", nil])
    }

    @Test func demandsGoToWhomTheyName() throws {
        var wishes = BookingPlan.Wishes()
        wishes.demands = try ["4000", "db=5555", "mail=2525", "4001"].map {
            try #require(BookingPlan.Demand($0))
        }
        wishes.books = ["mail", "queue"]
        let plan = BookingPlan(
            wishes, folder: "", declared: [.compose("db", "5432", target: 5432)], hasPrimary: true,
            environment: Environment())
        #expect(plan.requests.map(\.service) == ["web", "db", "mail", "queue"])
        #expect(plan.requests.map(\.demand) == [4001, 5555, 2525, nil], "the last one counts")
    }

    @Test(arguments: [
        "", "=", "=1", "web=", "web=0", "web=x", "x", "0", "70000", "-1", "web:80", "a\nb=80", "web= 80",
    ])
    func rejectsDemand(_ text: String) {
        #expect(BookingPlan.Demand(text) == nil)
    }

    @Test func wishesComeFromTheUsersEnvironment() {
        var wishes = BookingPlan.Wishes()
        wishes.books = ["mail"]
        let environment = Environment(["DB_PORT": "5555", "MAIL_PORT": "tcp://10.0.0.1:25"])
        let plan = BookingPlan(
            wishes, folder: "", declared: [.compose("db", "5432", target: 5432)], hasPrimary: true, wish: 4000,
            environment: environment)
        #expect(plan.requests.map(\.wish) == [4000, nil, nil], "the files do not name DB_PORT, which is the app's own")
    }

    private func plan(declared: [DeclaredPort]) -> BookingPlan {
        BookingPlan(.init(), folder: "", declared: declared, hasPrimary: false, environment: Environment())
    }
}

extension DeclaredPort {
    /// An entry of `compose.yaml`.
    static func compose(
        _ service: String, _ published: String?, target: Int, transport: TransportProtocol? = .tcp,
        variable: String? = nil, feedsOnlyHostPort: Bool = true, isActive: Bool = true, hostIP: String? = nil
    ) -> DeclaredPort {
        DeclaredPort(
            service: service, target: target, protocolName: transport?.rawValue ?? "sctp",
            transport: transport,
            published: PublishedPort(published), hostIP: hostIP, variable: variable, file: "/project/compose.yaml",
            line: 1,
            isActive: isActive, kind: ServiceKind(service: service), feedsOnlyHostPort: feedsOnlyHostPort)
    }
}
