import Foundation
import PortrunBase
import PortrunRegistry
import TestSupport
import Testing

@testable import PortrunKit

struct PortRegistryTests {
    private let project: LibraryProject
    private var registry: PortRegistry { project.registry }
    private var checkout: Checkout { project.checkout }

    init() throws { project = try LibraryProject() }

    @Test func booksForEachServiceOnce() throws {
        let booked = try registry.book(["web", "db", "web"], for: checkout)
        #expect(booked.map(\.service) == ["web", "db", "web"])
        #expect(Set(booked.map(\.port)).count == 2 && booked[0].id == booked[2].id)
        #expect(booked.allSatisfy { $0.label == "shop" && $0.path == checkout.path && $0.state == .idle })
        #expect(try registry.book(["db", "web"], for: checkout).map(\.id) == [booked[1].id, booked[0].id])
        let other = try registry.book(["web", "db"], for: try project.other("blog"))
        #expect(Set(other.map(\.port)).isDisjoint(with: booked.map(\.port)))
    }

    @Test func booksAllOrNothing() throws {
        #expect(kind { try registry.book(["web", "a\u{7}"], for: checkout) } == .argument)
        let port = try #require(try registry.find(in: 20_200...20_299, from: checkout).first)
        try checkout.change(registry.registry) { transaction, _ in
            try transaction.setRange(of: .other, to: PortRange(Port(port)!, Port(port)!))
        }
        #expect(kind { try registry.book(["one", "two"], for: checkout) } == .exhausted)
        #expect(try registry.list(from: checkout).isEmpty)
        #expect(try registry.book(["one"], for: checkout).map(\.port) == [port])
    }

    @Test func aLeaseHoldsUntilItsEnd() throws {
        let booked = try registry.book(["web"], for: checkout)
        let lease = try registry.lease(booked, to: getpid(), command: "tests", of: checkout)
        #expect(lease.pid == getpid())
        let held = try #require(try registry.get("web", of: checkout))
        #expect(held.state == .live && held.pid == getpid())
        #expect(try registry.lookUp("web", from: try project.other("blog")).map(\.id) == [held.id])
        #expect(kind { try registry.release(["web"], of: checkout) } == .held)
        try registry.end(lease, of: checkout)
        try registry.end(lease, of: checkout)
        #expect(try registry.lookUp("web", from: checkout).isEmpty)
        #expect(try registry.release(of: checkout).map(\.id) == [held.id])
        #expect(kind { try registry.release(["web"], of: checkout) } == .notFound)
    }

    @Test(arguments: [0, -1, Int32.max])
    func holdsNothingForNoProcess(_ pid: Int32) throws {
        let booked = try registry.book(["web"], for: checkout)
        #expect(kind { try registry.lease(booked, to: pid, command: "tests", of: checkout) } == .argument)
        #expect(try registry.get("web", of: checkout)?.state != .live)
    }

    @Test func exportsWhatTheFilesDeclare() throws {
        let project = try LibraryProject(
            compose: "services: {db: {image: postgres, ports: ['${DB_PORT:-20150}:5432']}}\n")
        let exported = try project.registry.export(project.checkout)
        let port = try #require(try project.registry.get("db", of: project.checkout))
        #expect(port.variable == "DB_PORT" && port.target == 5432)
        let variables = Dictionary(uniqueKeysWithValues: exported.assignments.map { ($0.name, $0.value) })
        #expect(variables["DB_PORT"] == "\(port.port)" && variables["COMPOSE_PROJECT_NAME"] == "shop")
        #expect(exported.removals.isEmpty)
        let json = try #require(
            try JSONSerialization.jsonObject(with: Data(exported.json.utf8)) as? [String: Any])
        #expect(json.mapValues { "\($0)" } == variables)
    }

    @Test func tellsOfAPortThatHasMoved() throws {
        let compose = "services: {db: {image: postgres, ports: ['${DB_PORT:-20151}:5432']}}\n"
        let project = try LibraryProject(compose: compose)
        try project.registry.register("taken", port: 20_151, from: project.checkout)
        let exported = try project.registry.export(project.checkout)
        #expect(exported.notices.count == 1)
        #expect(exported.notices.first?.hasPrefix("`db` moved from 20151 to ") == true)
    }

    @Test func hasAnErrorForAFolderThatIsGone() throws {
        let system = System(environment: ["HOME": "/"], workingDirectory: "/nowhere/at/all", now: 0)
        #expect(kind { try Checkout(system) } == .checkout)
        let homeless = System(environment: [:], workingDirectory: "/", now: 0)
        #expect(kind { try Checkout(homeless) } == .registry)
        try project.folder.write("", to: "file")
        let blocked = try project.other("blog", registry: "../file/registry.sqlite")
        #expect(kind { try PortRegistry(of: blocked) } == .registry)
    }

    @Test func threadsTakeTurns() async throws {
        let (registry, checkouts) = (registry, try (0..<8).map { try project.other("app-\($0)") })
        let ports = try await withThrowingTaskGroup(of: [Int].self) { group in
            for checkout in checkouts {
                group.addTask {
                    try (0..<5).map { _ in try registry.book(["web"], for: checkout)[0].port }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(ports.allSatisfy { Set($0).count == 1 })
        #expect(Set(ports.map { $0[0] }).count == checkouts.count)
    }
}
