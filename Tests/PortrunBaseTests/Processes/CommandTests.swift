import TestSupport
import Testing

@testable import PortrunBase

struct CommandTests {
    private func candidates(_ name: String, _ environment: Environment) -> [String] {
        Command(arguments: [Array(name.utf8)], environment: environment).candidates.map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    @Test("PATH gives the files to try, an empty element being the working directory")
    func searchesPath() {
        #expect(candidates("x", Environment(["PATH": "/a::/b/:c:"])) == ["/a/x", "x", "/b//x", "c/x", "x"])
        #expect(candidates("x", Environment(["PATH": ""])) == ["x"])
        #expect(candidates("x", Environment(["PATH": "/first", "PATH": "/second"])) == ["/first/x"])
        #expect(candidates("x", Environment()) == ["/bin/x", "/usr/bin/x"])
    }

    @Test("A name with a slash is itself, and no name is nothing")
    func doesNotSearch() {
        #expect(candidates("./x", Environment(["PATH": "/a"])) == ["./x"])
        #expect(candidates("", Environment(["PATH": "/a"])) == [])
    }
}
