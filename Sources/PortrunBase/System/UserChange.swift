import CProcess

/// The programs by which a command becomes another user, which no translated one of an ordinary user can.
package enum UserChange: String, Sendable, CaseIterable {
    case sudo, su, doas, pkexec

    package init?(named name: String) {
        switch name {
        case "sudo": self = .sudo
        case "su": self = .su
        case "doas": self = .doas
        case "pkexec": self = .pkexec
        default: return nil
        }
    }

    /// True where this process and what it starts stay who they are, whatever a program's file says (prctl(2)).
    package static var isPrevented: Bool { !Trust.isRoot && portrun_keeps_privileges() }

    /// What to do about that in a launch.
    package var advice: Warning {
        Warning(
            "`\(rawValue)` cannot become another user in this command, whose ports are translated:"
                + " start the command with `portrun run --translate off -- …`")
    }
}
