import PortrunBase

#if canImport(Darwin)
    extension DaemonUnits {
        /// Those of this system.
        package static func own(
            _ arguments: [String], socket: String, hasDoors: Bool, _ system: System
        ) throws(UnitPathError) -> DaemonUnits? {
            system.home.map { launchd(arguments, home: $0) }
        }
    }
#endif
