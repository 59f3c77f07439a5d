import CSQLite
import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunRegistry

/// What is known of one port or name, among thousands of bookings.
struct StatusTests {
    private let test: TestRegistry
    private let database: Database

    init() throws {
        test = try TestRegistry()
        database = try test.connection()
    }

    /// How many instructions SQLite ran, in tens, and what `body` found.
    private func cost(_ body: (Reader) throws -> [BookingStatus]) throws -> (steps: Int, found: [String]) {
        let steps = Steps()
        sqlite3_progress_handler(
            database.handle, 10,
            { context in
                Unmanaged<Steps>.fromOpaque(context!).takeUnretainedValue().count += 1
                return 0
            }, Unmanaged.passUnretained(steps).toOpaque())
        defer { sqlite3_progress_handler(database.handle, 0, nil, nil) }
        let reader = Reader(database: database, facts: test.facts.facts, answers: Answers())
        let found = try body(reader).map { "\($0.context.label) \($0.booking.service) \($0.state.name)" }
        return (steps.count, found)
    }

    private final class Steps {
        var count = 0
    }

    @Test func onePortOrNameIsFoundWithoutTheOthers() throws {
        try test.launch([.compose("web", demand: Port(3000))], pid: 1)
        try test.book([.compose("db", demand: Port(20_000), count: 10)])
        func costs() throws -> [(steps: Int, found: [String])] {
            [
                try cost { try $0.status(matching: BookingFilter(port: Port(3000))) },
                try cost { try $0.status(matching: BookingFilter(port: Port(20_009))) },
                try cost { try $0.status(matching: BookingFilter(port: Port(20_010))) },
                try cost { reader in
                    var filter = BookingFilter()
                    filter.slotsOf = "web"
                    return try reader.heldStatus(matching: filter)
                },
            ]
        }
        let few = try costs()
        for number in 0..<30 {
            let services = try (0..<100).map { index in
                ServiceRequest.compose(
                    try #require(ServiceName("web-\(index + 2)")), demand: Port(30_000 + number * 100 + index))
            }
            try test.book(services, for: .named("crowd/\(number)"))
        }
        let many = try costs()
        #expect(many.map(\.found) == [["myapp/main web live"], ["myapp/main db idle"], [], ["myapp/main web live"]])
        #expect(many.map(\.found) == few.map(\.found))
        for (few, many) in zip(few, many) { #expect(many.steps <= few.steps + 10) }
    }

    @Test func knowsOfBookingsInOtherNetworks() throws {
        let test = try TestRegistry()
        try test.port(.compose("db", declared: 5432))
        #expect(try !test.write { try $0.hasBookingsElsewhere() })
        test.facts.network = "container"
        #expect(try test.write { try $0.hasBookingsElsewhere() })
        #expect(try test.status().isEmpty)
    }
}
