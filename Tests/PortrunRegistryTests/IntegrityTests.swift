import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunRegistry

struct IntegrityTests {
    @Test func findsBookingsThatCannotBe() throws {
        let test = try TestRegistry()
        try test.port(.compose("a", declared: 5000, count: 3))
        try test.port(.compose("b", declared: 5003))
        #expect(try test.write { try $0.integrityProblems() }.isEmpty)
        let problems = try test.write { transaction in
            try transaction.database.run("UPDATE bookings SET port = 5002, context = 99 WHERE service = 'b'")
            return try transaction.integrityProblems()
        }
        #expect(
            problems == [
                "the booking of `b` on 5002 belongs to no context", "the bookings of 5000 and 5002 overlap",
            ])
    }
}
