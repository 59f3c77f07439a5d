import TestSupport
import Testing

@testable import PortrunBase

struct ServiceNameTests {
    @Test(arguments: [
        "web", "api-gateway", "Über", "データ", "a b", "0", "-", "--share", "a/b", "a=b", "$(reboot)", "'", "\"",
        "👩‍👩‍👧‍👦", String(repeating: "x", count: 255),
    ])
    func takes(_ text: String) {
        #expect(ServiceName(text)?.description == text)
    }

    @Test(arguments: [
        "", "a\nb", "a\0b", "\u{1B}[31m", "\u{7F}", "\u{85}", String(repeating: "x", count: 256),
    ])
    func rejects(_ text: String) {
        #expect(ServiceName(text) == nil)
    }

    @Test(arguments: [
        ("postgres", "POSTGRES_PORT"), ("api-gateway", "API_GATEWAY_PORT"), ("apps-web", "APPS_WEB_PORT"),
        ("2048", "_2048_PORT"), ("web-2", "WEB_2_PORT"), ("rabbitmq-15672", "RABBITMQ_15672_PORT"),
        ("a.b c", "A_B_C_PORT"), ("ß", "__PORT"), ("x", "X_PORT"), ("X", "X_PORT"),
    ])
    func namesItsVariable(_ name: ServiceName, variable: String) {
        #expect(name.portVariable == variable)
    }

    @Test(arguments: [
        "7up", "٣", "²", "é", "e\u{301}", "\u{301}", "🇩🇪", "a;reboot", "$(x)", "`x`", "a'b", "a\"b", " ", "=",
        "-", "ſ", "ŉ",
        "ﬁ", "Ａ", "ⅷ",
    ])
    func alwaysNamesAValidVariable(_ name: ServiceName) {
        #expect(Environment.isIdentifier(name.portVariable), "\(name.portVariable)")
    }

    @Test(arguments: [
        "web", String(repeating: "x", count: 255), String(repeating: "👩‍👩‍👧‍👦", count: 10),
        String(repeating: "é", count: 127),
    ])
    func hasRoomForASuffix(_ text: String) throws {
        let name = try #require(ServiceName(text))
        let further = [2, 3, 65535].map(name.appending)
        #expect(Set(further + [name]).count == 4)
        for (name, suffix) in zip(further, [2, 3, 65535]) {
            #expect(name.description.hasSuffix("-\(suffix)"))
        }
    }

    @Test func keepsLongNamesApartWithASuffix() throws {
        let names = try ["a", "b"].map { try #require(ServiceName(String(repeating: "x", count: 100) + $0)) }
        #expect(names[0].appending(2) != names[1].appending(2))
    }
}
