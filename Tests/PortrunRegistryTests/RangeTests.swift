import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunRegistry

struct RangeTests {
    let test: TestRegistry

    init() throws { test = try TestRegistry() }

    @Test(arguments: ServiceKind.allCases)
    func isTheKindsOwnUntilItIsSet(_ kind: ServiceKind) throws {
        let range = try #require(PortRange("20000-20010"))
        #expect(try test.write { try $0.range(of: kind) } == kind.defaultRange)
        try test.write { try $0.setRange(of: kind, to: range) }
        #expect(try test.write { try $0.range(of: kind) } == range)
        try test.write { try $0.setRange(of: kind, to: nil) }
        #expect(try test.write { try $0.range(of: kind) } == kind.defaultRange)
    }

    @Test func changesBookingsToCome() throws {
        let before = try test.port(.compose("postgres"))
        try test.write { try $0.setRange(of: .postgres, to: PortRange("5500-5599")) }
        #expect(try test.port(.compose("postgres")) == before)
        #expect(try test.port(.compose("postgres"), for: .named("b/1")) == 5500)
    }

    @Test func maySpanEveryPort() throws {
        try test.write { try $0.setRange(of: .web, to: PortRange("1-65535")) }
        #expect(try test.port(.command()) == 1024)
        try test.write { try $0.setRange(of: .web, to: PortRange("65535")) }
        #expect(try test.port(.command(), for: .named("b/1")) == 65535)
        #expect(try test.port(.command(), for: .named("c/1")) == 10000)
    }
}
