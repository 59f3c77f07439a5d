import PortrunBase
import PortrunCompose
import PortrunRegistry

/// How addresses follow their ports, by their places: each is looked up, however many there are.
struct AddressWays {
    /// The lines of env files that a launch may set anew.
    private var lines: [ExactString: Set<Int>] = [:]
    /// The ports in each line of a compose or env file that an override says anew.
    private var overridden: [ExactString: Set<Place>] = [:]
    /// A launch answers the program's call about any port, but for those that have moved and lead nowhere.
    private var isTranslated = false
    private var translated: Set<Port> = []
    private var moved = DeclaredServices()

    private struct Place: Hashable {
        let line: Int
        let port: Port
    }

    /// - Parameter folders: those in which a Procfile is run. The usual env file there wins over the environment.
    init(_ variables: [EnvFileVariable], _ following: [FollowingValue], besidesEnvFilesIn folders: [String] = []) {
        for variable in variables where variable.follows && !folders.contains(where: { variable.path == $0 + "/.env" })
        {
            lines[ExactString(variable.path), default: []].insert(variable.line)
        }
        for value in following {
            for port in value.ports {
                overridden[ExactString(value.file), default: []].insert(Place(line: value.line, port: port.from))
            }
        }
    }

    /// - Parameters:
    ///   - translation: nil where nothing has moved.
    ///   - bookings: the checkout's.
    mutating func translate(_ translation: TranslationPlan?, _ bookings: [Booking]) {
        isTranslated = true
        translated = translation?.portsThatLeadElsewhere ?? []
        // Of one that has moved and leads nowhere two services have the number.
        for booking in bookings where booking.isMoved {
            if let ports = booking.declaredPorts { moved.add(booking.service, ports) }
        }
    }

    /// How the number of `port` in a line of a file follows.
    func way(of port: Port, in file: ExactString, _ line: Int) -> DeclaredAddress.Way {
        if overridden[file]?.contains(Place(line: line, port: port)) ?? false { return .override }
        if lines[file]?.contains(line) ?? false { return .value }
        return isTranslated && (moved.declared(port) == nil || translated.contains(port)) ? .translation : .none
    }
}

extension EnvFileVariable {
    /// A launch may set it.
    fileprivate var follows: Bool { !isDisputed && VariableGate.admits(name, fromFile: value) }
}
