import PortrunKit
import TestSupport
import Testing

/// What somebody does who keeps a list of names and ports in one file.
struct NameTests {
    private let project: LibraryProject
    private var registry: PortRegistry { project.registry }
    private var checkout: Checkout { project.checkout }

    init() throws { project = try LibraryProject(registry: "../names/ports.sqlite") }

    /// A range that is booked from here alone.
    private static let range = 20_000...20_099

    private func free() throws -> Int { try #require(try registry.find(in: Self.range, from: checkout).first) }

    @Test func namesStandInTheFileThatWasNamed() throws {
        let port = try free()
        try registry.register("grafana", port: port, from: checkout)
        #expect(access(project.folder.path + "/names/ports.sqlite", F_OK) == 0)
        #expect(access(project.folder.path + "/.local", F_OK) != 0)
        let again = try project.other("blog", registry: project.folder.path + "/names/ports.sqlite")
        #expect(try PortRegistry(of: again).get("grafana", of: again)?.port == port)
        let own = try project.other("blog")
        #expect(try PortRegistry(of: own).get("grafana", of: own) == nil)
    }

    @Test func aRegisteredNameIsListedAndFound() throws {
        let port = try free()
        let registered = try registry.register("grafana", port: port, note: "the dashboards", from: checkout)
        #expect(registered.service == "grafana" && registered.port == port && registered.count == 1)
        #expect(registered.label == "machine" && registered.path == "/" && registered.state == .idle)
        #expect(registered.note == "the dashboards" && registered.pid == nil && !registered.isUDP)
        #expect(try registry.list(from: checkout).map(\.id) == [registered.id])
        #expect(try registry.get("grafana", of: checkout)?.id == registered.id)
        #expect(try registry.get("grafana", of: try project.other("blog"))?.id == registered.id)
        #expect(try !registry.find(100, in: Self.range, from: checkout).contains(port))
    }

    @Test func registeringAgainChangesTheNoteAlone() throws {
        let port = try free()
        let first = try registry.register("grafana", port: port, note: "old", from: checkout)
        let second = try registry.register("grafana", port: port, note: "new", from: checkout)
        #expect(second.id == first.id && second.note == "new")
        #expect(try registry.list(from: checkout).count == 1)
    }

    @Test func aPortAndANameHaveOneMeaning() throws {
        let port = try free()
        try registry.register("grafana", port: port, from: checkout)
        #expect(kind { try registry.register("prometheus", port: port, from: checkout) } == .taken)
        #expect(kind { try registry.register("grafana", port: port + 100, from: checkout) } == .taken)
        #expect(try registry.list(from: checkout).map(\.service) == ["grafana"])
    }

    @Test func anUnregisteredNameIsGone() throws {
        let port = try free()
        try registry.register("grafana", port: port, from: checkout)
        #expect(try registry.unregister("grafana", from: checkout).port == port)
        #expect(try registry.list(from: checkout).isEmpty)
        #expect(try registry.get("grafana", of: checkout) == nil)
        #expect(kind { try registry.unregister("grafana", from: checkout) } == .notFound)
        try registry.register("prometheus", port: port, from: checkout)
    }

    @Test func whatACheckoutHasBookedComesBeforeTheName() throws {
        try registry.register("web", port: try free(), from: checkout)
        let own = try #require(try registry.book(["web"], for: checkout).first)
        #expect(own.label != "machine")
        #expect(try registry.get("web", of: checkout)?.id == own.id)
        #expect(try registry.get("web", of: try project.other("blog"))?.label == "machine")
    }

    @Test func findsAscendingPortsOfARange() throws {
        let ports = try registry.find(3, in: Self.range, from: checkout)
        #expect(ports.count == 3 && ports == ports.sorted() && ports.allSatisfy(Self.range.contains))
        #expect(try registry.find(in: ports[1]...ports[2], from: checkout) == [ports[1]])
        #expect(try registry.find(2, in: ports[0]...ports[0], from: checkout) == [])
        #expect(try registry.list(from: checkout).isEmpty)
    }

    @Test(arguments: [0, 65_536, -1])
    func refusesWhatIsNoPort(_ port: Int) {
        #expect(kind { try registry.register("grafana", port: port, from: checkout) } == .argument)
        #expect(kind { try registry.find(in: port...70_000, from: checkout) } == .argument)
    }

    @Test(arguments: ["", "a\nb", String(repeating: "a", count: 256)])
    func refusesWhatIsNoName(_ name: String) {
        #expect(kind { try registry.register(name, port: 20_000, from: checkout) } == .argument)
        #expect(kind { try registry.get(name, of: checkout) } == .argument)
        #expect(kind { try registry.unregister(name, from: checkout) } == .argument)
        #expect(kind { try registry.lookUp(name, from: checkout) } == .argument)
    }
}

/// The kind of the error that `body` throws; nil when it throws none.
func kind<Result>(_ body: () throws -> Result) -> PortrunError.Kind? {
    do {
        _ = try body()
        return nil
    } catch let error as PortrunError {
        return error.kind
    } catch {
        Issue.record("not an error of the library: \(error)")
        return nil
    }
}
