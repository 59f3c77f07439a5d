import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunKit
@testable import PortrunRegistry

/// What a prompt does behind its look at the files is on the same clock.
struct PlanClockTests {
    private let home: TemporaryFolder

    init() throws {
        home = try TemporaryFolder()
        let services = (0..<600).map { "  s\($0): {image: x, ports: ['\(20000 + $0):80']}\n" }
        try FileSystem.replace(home.path + "/more.yaml", with: Array(("services:\n" + services.joined()).utf8))
        let text = "include: [more.yaml]\nservices: {a: {image: x, ports: ['19999:80']}}\n"
        try FileSystem.replace(home.path + "/compose.yaml", with: Array(text.utf8))
    }

    private func plan(_ limits: LookLimits) throws -> Plan {
        let system = System(environment: Environment(), workingDirectory: home.path, now: 1_800_000_000)
        let location = try RegistryLocation(option: home.path + "/registry.sqlite", system: system)
        return Plan(nil, in: try Checkout(system, location: location), Look(limits))
    }

    @Test func theFileWithMostPortsIsNamed() throws {
        // A look of its own, which is never over.
        let plan = try plan(LookLimits(milliseconds: 100, bytes: 2 << 20))
        guard !plan.isCutShort else { return }
        let start = ProcessorClock.nanoseconds()
        while ProcessorClock.nanoseconds() - start < 110_000_000 {}
        let end = LookEnd(path: home.path + "/more.yaml", cause: .time(milliseconds: 100))
        #expect(plan.overrun == end)
        #expect(
            plan.overrunWarning
                == Warning(
                    file: "more.yaml", "more than 100 ms of work in this project, with the booking of its ports"))
    }

    @Test func whoHasTypedACommandWaitsForIt() throws {
        let plan = try plan(LookLimits(milliseconds: 800, bytes: 2 << 20))
        #expect(plan.overrun == nil && plan.overrunWarning == nil)
    }
}
