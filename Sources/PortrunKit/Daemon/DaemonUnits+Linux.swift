import PortrunBase

#if os(Linux)
    extension DaemonUnits {
        /// Those of this system.
        package static func own(
            _ arguments: [String], socket: String, hasDoors: Bool, _ system: System
        ) throws(UnitPathError) -> DaemonUnits? {
            let variable = system.environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
            guard let configuration = variable ?? system.home.map({ $0 + "/.config" }) else { return nil }
            return try systemd(arguments, socket: socket, configuration: configuration, hasDoors: hasDoors)
        }
    }
#endif
