import PortrunBase
import PortrunKit

/// The user's browser.
struct Browser {
    private let opener: String
    private let environment: Environment

    /// nil where there is no display, or nothing that opens an address on it.
    init?(in system: System) {
        environment = system.environment
        guard let opener = Self.opener(system.environment) else { return nil }
        self.opener = opener
    }

    /// Has it show an address, and does not wait for it.
    ///
    /// - Returns: false where it cannot be started.
    func open(_ url: String) -> Bool {
        let name = Path.lastName(opener)
        return (try? DetachedProgram(opener, [name, url], environment: environment, log: "/dev/null")) != nil
    }

    private static func opener(_ environment: Environment) -> String? {
        #if canImport(Darwin)
            "/usr/bin/open"
        #else
            guard ["DISPLAY", "WAYLAND_DISPLAY"].contains(where: { environment[$0]?.isEmpty == false }) else {
                return nil
            }
            let candidates = SearchPath(environment).absolute.candidates(for: Array("xdg-open".utf8))
            return candidates.first(where: FileSystem.isExecutable).map { String(decoding: $0, as: UTF8.self) }
        #endif
    }
}
