import TestSupport
import Testing

@testable import PortrunBase

struct EnvironmentTests {
    @Test func theFirstOfSeveralCounts() {
        let environment = Environment(["A": "1", "A": "2"])
        #expect(environment["A"] == "1")
    }

    @Test(arguments: [
        ("A=1", "A", "1"), ("A=", "A", ""), ("A==", "A", "="), ("AB=1", "A", nil), ("A", "A", nil),
        ("=A=1", "", "A=1"),
        ("a=1", "A", nil), ("A =1", "A", nil),
    ])
    func looksUp(_ entry: String, name: String, value: String?) {
        #expect(Environment(entries: [Array(entry.utf8)])[name] == value)
    }

    @Test func keepsBytesThatAreNotText() {
        let environment = Environment(entries: [[0x41, 0x3D, 0xFF, 0x00FE]])
        #expect(environment.bytes(of: "A").map(Array.init) == [0xFF, 0xFE])
        #expect(environment["A"] == "\u{FFFD}\u{FFFD}")
    }

    @Test func settingReplacesTheFirstAndDropsTheOthers() {
        var environment = Environment(["A": "1", "B": "2", "A": "3", "AB": "4", "A": "5"])
        environment.set("A", to: "9")
        #expect(environment == Environment(["A": "9", "B": "2", "AB": "4"]))
    }

    @Test func settingANewOneAppends() {
        var environment = Environment(["B": "2"])
        environment.set("A", to: "two\nlines")
        #expect(environment == Environment(["B": "2", "A": "two\nlines"]))
    }

    @Test func removesEveryOneOfAName() {
        var environment = Environment(["A": "1", "B": "2", "A": "3", "AB": "4"])
        environment.remove("A")
        #expect(environment == Environment(["B": "2", "AB": "4"]))
    }

    @Test(arguments: [("/home/x", "/home/x"), ("relative", nil), ("", nil)])
    func aHomeIsAbsolute(_ value: String, home: String?) {
        let system = System(
            environment: Environment(["HOME": value]), workingDirectory: "/", now: 0)
        #expect(system.home == home)
    }
}
