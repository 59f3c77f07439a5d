import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunRegistry

/// Names that look alike and are not the same, é in one character and e with an accent, are two in the registry: to SQLite
/// and to Swift.
struct EqualLookingNamesTests {
    private static let one = "\u{E9}", two = "e\u{301}"
    private let test: TestRegistry

    init() throws { test = try TestRegistry() }

    @Test func areServicesOfTheirOwn() throws {
        let names = try [Self.one, Self.two].map { try #require(ServiceName($0)) }
        let ports = try names.map { try test.port(.command($0)) }
        #expect(ports[0] != ports[1])
        #expect(try names.map { try test.port(.command($0)) } == ports)
        // In one transaction, too.
        let outcome = try test.book(names.map { .command($0) }, for: .named("other/main"))
        #expect(Set(outcome.bookings.map(\.port)).count == 2)
        #expect(names[1].slot(of: names[0]) == nil && names[1].appending(2).slot(of: names[0]) == nil)
    }

    @Test func areContextsOfTheirOwn() throws {
        let contexts = [Self.one, Self.two].map { Context.named("myapp/\($0)", at: "/src/\($0)") }
        let ports = try contexts.map { try test.port(.command(), for: $0) }
        #expect(ports[0] != ports[1])
        #expect(try contexts.map { try test.port(.command(), for: $0) } == ports)
        let records = try test.write { transaction in try contexts.map { try transaction.find($0) } }
        #expect(records.map { $0?.path } == contexts.map { $0.path })
        #expect(records[0]?.place != records[1]?.place)
    }

    @Test func areCheckoutsOfTheirOwn() {
        let checkouts = [(Self.one, "x"), (Self.two, "x"), ("x", Self.one), ("x", Self.two)].map {
            CheckoutName(path: $0.0, identity: $0.1)
        }
        #expect(Set(checkouts).count == 4)
        let places = [(Self.one, "x"), (Self.two, "x"), ("x", Self.one), ("x", Self.two)].map {
            ContextPlace(path: "/", branch: $0.0, repository: $0.1)
        }
        #expect(Set(places).count == 4)
    }
}
