import PortrunBase

extension Door {
    /// Every door that there is. The first one is the daemon's own, which its unix socket always has.
    package static let all: [Door] = [.api, .dashboard, .portRegistry, .portManager]
}
