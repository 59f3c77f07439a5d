import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunCompose
@testable import PortrunKit

/// The requests for what a compose file publishes, entry by entry.
struct DeclaredRangeTests {
    /// Entries of the service `a`, the services, blocks and transports requested for them, and what each entry is told
    /// when every block moves up by 1000 (bare ports go to 20000).
    @Test(
        arguments: [
            ("'3000-3002:3000-3002'", ["a 3000-3002"], ["4000", "4001", "4002"]),
            ("'3000-3002:80'", ["a 3000-3002"], ["4000-4002"]),
            (
                "'3000-3002:3000-3002/udp', '3000-3002:3000-3002'", ["a 3000-3002", "a 3000-3002"],
                ["4000", "4001", "4002", "4000", "4001", "4002"]
            ),
            ("'8080:8080', '8081:8081'", ["a 8080", "a-8081 8081"], ["9080", "9081"]),
            (
                "'3000-3001:3000-3001', '3002-3003:3002-3003'", ["a 3000-3001", "a-3002 3002-3003"],
                ["4000", "4001", "4002", "4003"]
            ),
            ("'5432'", ["a bare"], ["20000"]),
            ("'5432', '5433:5433'", ["a 5433", "a-5432 bare"], ["20000", "6433"]),
            ("'3000-3002'", [], ["-", "-", "-"]),
            ("'0:80'", [], ["-"]), ("'9/sctp'", [], ["-"]),
            ("'127.0.0.1:80:80', '[::1]:80:80'", ["a 80"], ["1080", "1080"]),
            ("'127.0.0.1:30-31:30-31', '[::1]:30-31:30-31'", ["a 30-31"], ["1030", "1031", "1030", "1031"]),
            ("'127.0.0.1:30-31:80', '[::1]:30-31:80'", ["a 30-31"], ["1030-1031", "1030-1031"]),
            ("'127.0.0.1:80:80', '[::1]:80:81'", ["a 80", "a-81 80"], ["1080", "1080"]),
            ("'127.0.0.1:80:80', '[::1]:81:80'", ["a 80", "a-80 81"], ["1080", "1081"]),
            ("'80:80', '[::1]:80:80'", ["a 80", "a-80 80"], ["1080", "1080"]),
            ("{target: 80, published: '8000-8003'}", ["a 8000-8003"], ["9000-9003"]),
        ] as [(String, [String], [String])])
    func requests(for entries: String, _ expected: [String], told: [String]) throws {
        let ports = try declared("services: {a: {image: x, ports: [\(entries)]}}")
        let plan = plan(ports)
        let texts = plan.requests.map { request in
            let block = request.declared.flatMap { PortRange($0, count: request.count) }
            return "\(request.service) \(block.map(\.description) ?? "bare")"
        }
        #expect(texts == expected)
        let booked = plan.requests.map { request in
            PortRange(request.declared.flatMap { Port(Int($0.number) + 1000) } ?? 20000, count: request.count)
        }
        #expect(plan.byEntry(booked, ports).map { $0?.description ?? "-" } == told)
        #expect(plan.byEntry(booked.map { _ in nil }, ports).allSatisfy { $0 == nil })
    }

    @Test func aPrimaryInFrontDoesNotConfuseTheEntries() throws {
        let ports = try declared(
            "services: {a: {image: x, ports: ['80:80', '90-91:90-91']}, b: {image: x, ports: ['7']}}")
        var wishes = BookingPlan.Wishes()
        wishes.service = "a-90"
        let plan = BookingPlan(wishes, folder: "", declared: ports, hasPrimary: true, environment: Environment())
        #expect(plan.requests.map(\.service) == ["a-90", "a", "b"])
        let booked = [PortRange(1090, 1091), PortRange(1080), PortRange(1007)]
        #expect(plan.byEntry(booked, ports) == [1080, 1090, 1091, 1007].map { PortRange($0) })
    }

    @Test func aHugeRangeIsOneRequest() throws {
        let ports = try declared("services: {rtp: {image: x, ports: ['50000-60000:50000-60000/udp']}}")
        let plan = plan(ports)
        #expect(plan.requests.map(\.count) == [10_001])
        #expect(plan.byEntry([PortRange(20000, 30000)], ports).last == PortRange(30000))
    }

    @Test func aBarePortIsOfItsKind() throws {
        let ports = try declared(
            """
            services:
              db: {image: 'postgres:16', ports: ['5432', '127.0.0.1::9187', '$P:80']}
              off: {image: x, profiles: [p], ports: ['5432']}
              many: {image: x, deploy: {replicas: 2}, ports: ['80']}
              scaled: {image: x, scale: 3, ports: ['80']}
            """)
        let requests = plan(ports).requests
        #expect(requests.map(\.service) == ["db", "db-9187", "db-80"])
        #expect(requests.map(\.kind) == [.postgres, .postgres, .postgres])
        #expect(requests.map(\.declared) == [nil, nil, nil])
        #expect(requests.map(\.target) == [5432, 9187, 80])
        #expect(requests.map(\.variable) == [nil, nil, "P"], "it moves the port by itself")
        var wishes = BookingPlan.Wishes()
        wishes.isPublishingBare = false
        #expect(plan(ports, wishes).requests.isEmpty)
    }

    @Test(arguments: FixedPortPolicy.allCases)
    func onlyWhatNoVariableMovesIsFixed(_ fixed: FixedPortPolicy) throws {
        let ports = try declared(
            "services: {a: {image: x, ports: ['80:80', '${P:-81}:81', '${Q:-82}:82', '83']}, b: {image: x, command: $Q}}"
        )
        var wishes = BookingPlan.Wishes()
        wishes.fixed = fixed
        #expect(plan(ports, wishes).requests.map(\.fixed) == [fixed, .remap, fixed, .remap])
    }

    private func declared(_ text: String) throws -> [DeclaredPort] {
        let folder = try TemporaryFolder()
        try folder.write(text, to: "compose.yaml")
        return try #require(try ComposeReader.read(ComposeRequest(workingDirectory: folder.path))).ports
    }

    private func plan(_ ports: [DeclaredPort], _ wishes: BookingPlan.Wishes = .init()) -> BookingPlan {
        BookingPlan(wishes, folder: "", declared: ports, hasPrimary: false, environment: Environment())
    }
}
