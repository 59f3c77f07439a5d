import TestSupport
import Testing

@testable import PortrunBase

struct ProjectNameTests {
    @Test(arguments: [
        ("myapp/feature-auth", "myapp-feature-auth"), ("MyApp/Main", "myapp-main"), ("my app", "my-app"),
        ("a//b", "a-b"), ("-a-", "a"), ("_a_", "a_"), ("__", nil), ("--", nil), ("", nil), ("データ", nil),
        ("データ/main", "main"),
        ("9lives", "9lives"), ("a_b", "a_b"), ("über", "ber"), ("a\nb", "a-b"), ("a'b\"c$d`e", "a-b-c-d-e"),
        ("x/#123", "x-123"),
    ])
    func makesValid(_ text: String, name: String?) {
        #expect(ProjectName(madeFrom: text)?.description == name)
    }

    @Test(arguments: [
        "myapp/main", "", "/", "データ", "İstanbul", "ß", "_", "-", "--x", String(repeating: "a-", count: 200),
        String(repeating: "-", count: 300) + "a", "👩‍👩‍👧‍👦", "e\u{301}", "Ω", "K", "A.B",
    ])
    func isAlwaysWhatComposeAllows(_ label: String) {
        let name = ProjectName(label: label, hash: "0123456789ab")
        for name in [name, name.distinguished(by: "0123456789ab")] {
            #expect(name.description.wholeMatch(of: /[a-z0-9][a-z0-9_-]*/) != nil, "\(name)")
            #expect(name.description.utf8.count <= 63)
        }
    }

    @Test func aHashTellsEqualNamesApart() {
        let label = String(repeating: "long", count: 40)
        let names = ["0123456789ab", "ba9876543210"].map {
            ProjectName(label: label, hash: $0).distinguished(by: $0).description
        }
        #expect(names[0] != names[1])
        #expect(names[0].hasSuffix("-0123456789ab"))
    }
}
