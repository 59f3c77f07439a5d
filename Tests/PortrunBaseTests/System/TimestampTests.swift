import Testing

@testable import PortrunBase

struct TimestampTests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00Z"), (1_782_904_509, "2026-07-01T11:15:09Z"), (951_782_399, "2000-02-28T23:59:59Z"),
        (253_402_300_799, "9999-12-31T23:59:59Z"),
    ])
    func isWrittenAsRFC3339HasIt(_ seconds: Int64, _ text: String) {
        #expect(Timestamp(seconds).text == text)
    }
}
