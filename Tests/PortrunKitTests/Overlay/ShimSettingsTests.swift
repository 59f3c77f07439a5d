import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunKit

struct ShimSettingsTests {
    @Test func standsInFrontOnce() {
        let user = Environment(["A": "1", "PATH": "/bin::/usr/bin", "B": "2"])
        let settings = ShimSettings(folder: "/s/shims/docker", options: ["--context=a b", "--quiet"])
        let once = settings.applied(to: user)
        #expect(once["PATH"] == "/s/shims/docker:/bin::/usr/bin")
        #expect(once["PORTRUN_OPTIONS"] == "--context=a%20b --quiet")
        #expect(settings.applied(to: once) == once)
        #expect(Overlay.userEnvironment(once) == user)
    }

    @Test func replacesTheShimOfAnother() {
        let outer = ShimSettings(folder: "/outer", options: ["--quiet"])
        let inner = ShimSettings(folder: "/inner", options: [])
        let environment = inner.applied(to: outer.applied(to: Environment(["PATH": "/bin"])))
        #expect(environment == Environment(["PATH": "/inner:/bin", "PORTRUN_SHIMS": "/inner"]))
    }

    @Test func findsItsFolderWhereverAChildHasPutIt() {
        var environment = ShimSettings(folder: "/s", options: []).applied(to: Environment(["PATH": "/bin"]))
        environment.set("PATH", to: "/venv/bin:/s:/bin:/s")
        #expect(ShimSettings.removed(from: environment) == Environment(["PATH": "/venv/bin:/bin"]))
    }

    @Test func keepsEveryByteOfThePath() {
        let entry = Array("PATH=/a".utf8) + [0xFF, 0xFE]
        let user = Environment(entries: [entry])
        let environment = ShimSettings(folder: "/s", options: []).applied(to: user)
        #expect(environment.entries[0] == Array("PATH=/s:/a".utf8) + [0xFF, 0xFE])
        #expect(ShimSettings.removed(from: environment) == user)
    }

    @Test func leavesAnEnvironmentWithoutAPathAlone() {
        #expect(ShimSettings(folder: "/s", options: ["-q"]).applied(to: Environment()) == Environment())
    }

    @Test(arguments: [[], ["a"], ["a b", "c%", "%20"], ["é\n\t", "=", "--x=\u{7F}"]])
    func tellsWordsApart(_ words: [String]) {
        let text = WordList.text(of: words)
        #expect(WordList.words(in: text) == words)
        #expect(!text.contains("\n"))
    }

    @Test(arguments: [("%", ["%"]), ("%4", ["%4"]), ("%zz x", ["%zz", "x"]), ("  a  ", ["a"]), ("%41%", ["A%"])])
    func readsAnyText(_ text: String, _ words: [String]) {
        #expect(WordList.words(in: text) == words)
    }
}
