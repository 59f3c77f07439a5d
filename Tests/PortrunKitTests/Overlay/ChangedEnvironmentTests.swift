import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunKit

/// What one portrun tells the next of what it has changed.
struct ChangedEnvironmentTests {
    @Test(arguments: [
        ("PORT:3000", "PORT=3000", nil), ("PORT:3000=9", "PORT=3000", "9"), ("PORT:3000=", "PORT=3000", ""),
        ("PORT:3000=a=b:c@%20d", "PORT=3000", "a=b:c@ d"), ("A:8044264062c03240", "A=localhost:13000", nil),
        ("A:8044264062c03240@10+5=3000", "A=localhost:13000", "localhost:3000"),
    ])
    func undoesWhatIsTold(_ word: String, _ entry: String, _ original: String?) throws {
        let environment = Environment(entries: [
            Array("X=1".utf8), Array(entry.utf8), Array("PORTRUN_CONTEXT=x".utf8),
            Array("PORTRUN_CHANGES=\(word)".utf8),
        ])
        let changed = ChangedEnvironment(in: environment)
        let name = try #require(changed.names.first)
        #expect(entry.hasPrefix(name + "="))
        let user = changed.undone(in: environment)
        #expect(user[name] == original)
        #expect(user.entries.count == (original == nil ? 1 : 2))
    }

    @Test(arguments: [
        "A", "A:", ":::", "A:%:", "A=3000", "A:3001", "A:3000x=9", "A:0=9", "A@3000", "9A:3000", "B:3000=9",
        "HOME:/=x PATH:1=/x", "A:00000000@0+1=5", "A:8044264062c03240",
    ])
    func aWordThatMakesNoSenseOrSpeaksOfAnotherValueDoesNothing(_ word: String) {
        let environment = Environment(["A": "3000", "PATH": "/bin", "PORTRUN_CHANGES": word])
        #expect(ChangedEnvironment(in: environment).isEmpty)
        #expect(Overlay.userEnvironment(environment) == Environment(["A": "3000", "PATH": "/bin"]))
    }

    @Test(arguments: ["99999999999999999999+1=5", "-1+-5=5", "0+0=5", "0+9=5", "5+1=5", "0+1=99999", "0+1", ",", ""])
    func anEditThatMakesNoSenseIsIgnored(_ edits: String) {
        let environment = Environment(["A": "3000", "PORTRUN_CHANGES": "A:3000@\(edits)"])
        #expect(Overlay.userEnvironment(environment) == Environment(["A": "3000"]))
    }

    @Test func believesOnlyNames() {
        let environment = Environment([
            "A": "1", "9B": "1", "$(x)": "1", "C;D": "1", "Ä": "1", "G\n": "1",
            "PORTRUN_CHANGES": " A:1  9B:1 $(x):1 C;D:1 E=F:1 Ä:1 G%0A:1 :1",
        ])
        #expect(ChangedEnvironment(in: environment).names == ["A"])
    }

    @Test func whatSomebodyHasSetOrTakenAwaySinceIsTheirs() {
        let changes = "PORT:3000 WEB_PORT:3000=1 DB_PORT:5432"
        let inside = Environment(["PORT": "4000", "WEB_PORT": "4000", "PORTRUN_CHANGES": changes])
        #expect(Overlay.userEnvironment(inside) == Environment(["PORT": "4000", "WEB_PORT": "4000"]))
        #expect(Overlay(clearing: inside).names == ["PORTRUN_CHANGES"])
    }
}
