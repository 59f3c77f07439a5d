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

    @Test(arguments: [
        BookingError.booked(ports: PortRange(5432), owner: "myapp/main postgres"), .busy(ports: PortRange(5432)),
        .exhausted(service: "web", range: PortRange(3000, 3001)!, booked: 1, busy: 1, blocked: 0),
    ])
    func aBookingErrorIsOneClauseWithAHint(_ error: BookingError) throws {
        #expect(error.message.first?.isLowercase == true && !error.message.hasSuffix("."))
        #expect(try !#require(error.hint).isEmpty)
    }
}
