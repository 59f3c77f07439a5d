import TestSupport
import Testing

@testable import PortrunBase

struct ReportableErrorTests {
    @Test(arguments: [
        (Warning(file: "compose.yaml", line: 3, "bad"), "compose.yaml:3: bad"), (Warning("bad"), "bad"),
        (Warning(file: ".env", "bad"), ".env: bad"),
    ])
    func aWarningSaysWhere(_ warning: Warning, text: String) {
        #expect(warning.text == text)
    }

    @Test func thoseBeyondSomeAreCountedWithTheirPlaces() {
        let warnings = (1...43).map { Warning(file: $0 < 40 ? "a.yaml" : "b.yaml", line: $0, "bad") }
        let first = Warning.first(of: warnings)
        #expect(first.count == 21 && Array(first[..<20]) == Array(warnings[..<20]))
        #expect(first.last?.text == "and 23 more of that kind: a.yaml:21-39, b.yaml:40-43")
        #expect(Warning.first(of: Array(warnings[..<20])).count == 20)
        #expect(Warning.first(of: (1...22).map { Warning("bad \($0)") }).last?.text == "and 2 more of that kind")
    }

    @Test(arguments: [
        BookingError.booked(ports: PortRange(5432), owner: "myapp/main postgres"), .busy(ports: PortRange(5432)),
        .exhausted(service: "web", range: PortRange(3000, 3001)!, booked: 1, busy: 1, blocked: 0),
    ])
    func aBookingErrorIsOneClauseWithAHint(_ error: BookingError) throws {
        #expect(error.message.first?.isLowercase == true && !error.message.hasSuffix("."))
        #expect(try !#require(error.hint).isEmpty)
    }
}
