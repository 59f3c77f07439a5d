/// The programs by which scripts find out who listens on a port, mostly to end it.
package enum PortTool: String, Sendable, CaseIterable {
    case lsof, fuser, ss, netstat

    package init?(named name: String) {
        switch name {
        case "lsof": self = .lsof
        case "fuser": self = .fuser
        case "ss": self = .ss
        case "netstat": self = .netstat
        default: return nil
        }
    }
}
