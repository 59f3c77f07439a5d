import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunKit

/// Which values follow, and how.
struct ValueRewriteTests {
    static let rules = PortRules([
        PortRule(service: "postgres", declared: PortRange(5432), booked: 5433),
        PortRule(service: "api", declared: PortRange(8000), booked: 8010),
        PortRule(service: "web", declared: PortRange(3000), booked: 13000),
        PortRule(service: "worker", declared: PortRange(7000, 7002)!, booked: 7100),
        PortRule(service: "smtp", declared: PortRange(25), booked: 25),
        // One that has moved to where another was declared.
        PortRule(service: "other", declared: PortRange(9000), booked: 8000),
    ])!

    private func rewrite(_ value: String, named name: String) -> ValueRewrite {
        ValueRewrite(of: Array(value.utf8)[...], named: name, Self.rules) { false }
    }

    @Test(arguments: ValueCases.rewritten)
    func follows(_ name: String, _ value: String, _ expected: String) {
        let rewrite = rewrite(value, named: name)
        #expect(String(decoding: rewrite.bytes, as: UTF8.self) == expected)
        #expect(!rewrite.edits.isEmpty)
        for edit in rewrite.edits {
            let number = edit.booked.description.utf8
            #expect(rewrite.bytes[edit.offset...].prefix(number.count).elementsEqual(number))
        }
    }

    @Test(arguments: ValueCases.kept)
    func keeps(_ name: String, _ value: String) {
        let rewrite = rewrite(value, named: name)
        #expect(String(decoding: rewrite.bytes, as: UTF8.self) == value)
        #expect(rewrite.edits.isEmpty)
    }

    @Test func rewritesNoNumberTwice() {
        #expect(rewrite("localhost:9000", named: "A").bytes == Array("localhost:8000".utf8))
    }

    @Test func keepsBytesThatAreNotText() {
        let value: [UInt8] = [0xFF, 0x20] + Array("localhost:3000".utf8) + [0x2F, 0xFE]
        let rewrite = ValueRewrite(of: value[...], named: "A", Self.rules) { false }
        #expect(rewrite.bytes == [0xFF, 0x20] + Array("localhost:13000".utf8) + [0x2F, 0xFE])
    }

    @Test func looksAtNothingWhereNothingHasMoved() {
        #expect(PortRules([]) == nil)
        #expect(PortRules([PortRule(service: "a", declared: PortRange(3000), booked: 3000)]) == nil)
    }
}
