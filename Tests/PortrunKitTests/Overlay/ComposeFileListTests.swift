import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunKit

struct ComposeFileListTests {
    @Test(arguments: [
        (["/a", "/b"], nil, "/a:/b", ":"), (["/a", "/b"], "", "/a:/b", ":"), (["/a", "/b"], ";", "/a;/b", ";"),
        (["/a:x", "/b"], nil, "/a:x;/b", ";"), (["/a:;x", "/b"], ":", "/a:;x,/b", ","),
        (["/a", "/b"], "::", "/a:/b", ":"), (["/a", "/b"], "/", "/a:/b", ":"),
    ])
    func isSeparatedByWhatOccursInNoPath(
        _ files: [String], _ wish: String?, _ text: String, _ separator: String
    ) throws {
        var environment = Environment()
        if let wish { environment.set("COMPOSE_PATH_SEPARATOR", to: wish) }
        let list = try #require(ComposeFileList(files, environment: environment))
        #expect(list.text == text)
        #expect(list.separator == separator)
    }

    @Test(arguments: [["-", "/a"], ["/a:;,|", "/b"]])
    func isNoneWhereItCannotSayWhich(_ files: [String]) {
        #expect(ComposeFileList(files, environment: Environment()) == nil)
    }

    @Test func theUsersOwnComesBack() throws {
        let user = Environment(["COMPOSE_FILE": "a.yaml;b.yaml", "COMPOSE_PATH_SEPARATOR": ";", "X": "1"])
        let list = try #require(ComposeFileList(["/p/a.yaml", "/p/b.yaml", "/s/o.yaml"], environment: user))
        let once = overlay(list, user).applied(to: user)
        #expect(once["COMPOSE_FILE"] == "/p/a.yaml;/p/b.yaml;/s/o.yaml")
        #expect(Overlay.userEnvironment(once)["COMPOSE_FILE"] == "a.yaml;b.yaml")
        #expect(Overlay.userEnvironment(once)["COMPOSE_PATH_SEPARATOR"] == ";")
        #expect(overlay(list, once).applied(to: once) == once)
        let without = overlay(nil, once).applied(to: once)
        #expect(without["COMPOSE_FILE"] == "a.yaml;b.yaml")
        #expect(without["PORTRUN_CHANGES"] == nil)
    }

    @Test func goesWhenTheUserHadNone() throws {
        let list = try #require(ComposeFileList(["/p/a.yaml", "/s/o.yaml"], environment: Environment()))
        let once = overlay(list, Environment()).applied(to: Environment())
        #expect(Overlay.userEnvironment(once) == Environment())
        #expect(overlay(nil, once).removals == ["COMPOSE_FILE", "COMPOSE_PATH_SEPARATOR", "PORTRUN_CHANGES"])
    }

    private func overlay(_ files: ComposeFileList?, _ environment: Environment) -> Overlay {
        Overlay(context: "x", bookings: [], primary: nil, project: nil, files: files, environment: environment)
    }
}
