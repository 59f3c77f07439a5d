import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunRegistry

/// What becomes of a call where the system does not tell whether ports are taken.
struct UntoldPortTests {
    let test: TestRegistry
    private let failure = PortProbeError(port: 3000, code: EMFILE)

    init() throws { test = try TestRegistry() }

    @Test func nothingIsBooked() throws {
        test.facts.failure = failure
        #expect(throws: failure) { try test.book([.command()]) }
        #expect(throws: failure) { try test.book([.compose("db", declared: 5432)]) }
        test.facts.failure = nil
        #expect(try test.read(on: test.facts.facts) { try $0.status() }.isEmpty)
    }

    @Test func noBookingIsCalledIdle() throws {
        try test.port(.command())
        test.facts.failure = failure
        #expect(throws: failure) { try test.read(on: test.facts.facts) { try $0.status() } }
    }

    @Test func saysWhy() {
        #expect(failure.message == "cannot tell whether port 3000 is free: too many open files")
        #expect(failure.exitStatus == 125)
    }
}
