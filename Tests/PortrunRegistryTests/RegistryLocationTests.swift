import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunRegistry

struct RegistryLocationTests {
    @Test(
        arguments: [
            (nil, [:], nil), ("r.db", [:], "/cwd/r.db"), ("/x/r.db", ["PORTRUN_REGISTRY": "/y"], "/x/r.db"),
            (nil, ["PORTRUN_REGISTRY": "y/r.db", "HOME": "/home/me"], "/cwd/y/r.db"),
            (
                "", ["PORTRUN_REGISTRY": "", "HOME": "/home/me"],
                "/home/me/.local/state/portrun/registry.sqlite"
            ),
            (nil, ["XDG_STATE_HOME": "/s", "HOME": "/home/me"], "/s/portrun/registry.sqlite"),
            (
                nil, ["XDG_STATE_HOME": "s", "HOME": "/home/me"],
                "/home/me/.local/state/portrun/registry.sqlite"
            ),
            (nil, ["HOME": "relative"], nil), (nil, ["HOME": ""], nil),
        ] as [(String?, [String: String], String?)])
    func isWhereTheUserWantsIt(_ option: String?, variables: [String: String], path: String?) {
        let environment = Environment(entries: variables.map { Array("\($0.key)=\($0.value)".utf8) })
        let system = System(environment: environment, workingDirectory: "/cwd", now: 0)
        #expect((try? RegistryLocation(option: option, system: system))?.path == path)
    }
}
