import PortrunBase

#if os(Linux)
    extension DaemonUnits {
        /// Those of this system.
        package static func own(
            _ arguments: [String], socket: String, hasDoors: Bool, _ system: System
        ) -> DaemonUnits? {
            let variable = system.environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
            return (variable ?? system.home.map { $0 + "/.config" }).map { configuration in
                systemd(arguments, socket: socket, configuration: configuration, hasDoors: hasDoors)
            }
        }
    }
#endif
