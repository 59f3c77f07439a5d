import PortrunBase

/// The variables that portrun sets in, or removes from, a copy of the environment.
package struct Overlay: Sendable, Equatable {
    /// The variables to set, in the order in which they are shown; no name twice, every name a valid shell identifier.
    package internal(set) var assignments: [Assignment] = []
    /// The variables that an earlier overlay set and this one does not.
    package internal(set) var removals: [String] = []
    /// The variables whose bytes are not UTF-8: a command can get them, but they cannot be shown.
    var rawAssignments: [RawAssignment] = []
    /// The variables that are set since their value follows a port, or is the user's again.
    var values: [String] = []
    /// The names of `assignments`, once they are many.
    private var assigned: Set<ExactString> = []
    /// The names of services' variables that the gate has refused.
    private(set) var refused: [String] = []

    package struct Assignment: Sendable, Equatable {
        package let name: String
        package let value: Value
    }

    package enum Value: Sendable, Equatable {
        case port(Port)
        case text(String)

        package var text: String {
            switch self {
            case .port(let port): port.description
            case .text(let text): text
            }
        }
    }

    /// Names the context to a further portrun, run inside, and to scripts.
    package static let contextVariable = "PORTRUN_CONTEXT"

    /// The overlay for a command that runs with `bookings`.
    ///
    /// - Parameters:
    ///   - primary: the booking that the command itself binds, and the variable it reads it from.
    ///   - shared: the ports of services that another context runs for this one.
    ///   - project: `COMPOSE_PROJECT_NAME`, nil to leave it alone.
    ///   - settings: further variables, which tell servers their port.
    ///   - files: what compose is to load instead of what it finds; nil to leave that alone.
    ///   - environment: the one that the overlay is for; what an earlier overlay has changed there
    ///     and this one does not is as it was.
    ///   - own: the variable of the command's own port, where no container's may be in it; nil for compose, which reads it
    ///     for its services.
    ///   - isLeft: true of a `<SERVICE>_PORT` that would change more than published ports.
    package init(
        context hash: String, bookings: [Booking], primary: (booking: Booking, variable: String)?,
        shared: [MainServicePort] = [], settings: [(name: String, value: String)] = [], project: String?,
        files: ComposeFileList? = nil, environment: Environment, own: String? = nil,
        leaving isLeft: (_ name: String) -> Bool = { _ in false }
    ) {
        if let primary { set(primary.variable, .port(primary.booking.port)) }
        // Variables that the files name come before those made from a service's name: they may mean another port of it.
        for booking in bookings {
            if let variable = booking.variable, variable != own || booking.target == nil {
                admit(variable, booking.port)
            }
        }
        for port in shared {
            if let variable = port.variable, variable != own { admit(variable, port.port) }
        }
        // TCP and UDP of one service usually have one number; where they differ the variable is TCP's.
        for booking in bookings {
            let name = booking.service.portVariable
            if !isLeft(name) { admit(name, booking.port) }
        }
        for port in shared {
            let name = port.service.portVariable
            if !isLeft(name) { admit(name, port.port) }
        }
        for setting in settings { set(setting.name, .text(setting.value)) }
        if let project { set("COMPOSE_PROJECT_NAME", .text(project)) }
        if let files {
            set(ComposeFileList.variable, .text(files.text))
            set(ComposeFileList.separatorVariable, .text(files.separator))
        }
        let earlier = ChangedEnvironment(in: environment)
        let user = earlier.isEmpty ? environment : earlier.undone(in: environment)
        var words = ""
        for assignment in assignments {
            words += words.isEmpty ? "" : " "
            words += ChangedVariable.word(
                assignment.name, set: assignment.value, before: user.bytes(of: assignment.name))
        }
        giveBack(earlier, user)
        set(Self.contextVariable, .text(hash))
        if !words.isEmpty {
            set(ChangedEnvironment.variable, .text(words))
        } else if environment.bytes(of: ChangedEnvironment.variable) != nil {
            removals.append(ChangedEnvironment.variable)
        }
    }

    /// The overlay that takes everything away that an earlier one set, and gives the user's own back.
    package init(clearing environment: Environment) {
        let earlier = ChangedEnvironment(in: environment)
        giveBack(earlier, earlier.undone(in: environment))
        for name in [Self.contextVariable, ChangedEnvironment.variable] where environment.bytes(of: name) != nil {
            removals.append(name)
        }
    }

    /// `environment` without what an earlier overlay put there: what is left is the user's.
    package static func userEnvironment(_ environment: Environment) -> Environment {
        NodePreload.removed(
            from: ShimSettings.removed(from: ChangedEnvironment(in: environment).undone(in: environment)))
    }

    /// Every name that is set or removed: what is set in its order.
    package var names: [String] {
        var names: [String] = []
        for assignment in assignments { names.append(assignment.name) }
        for assignment in rawAssignments { names.append(assignment.name) }
        return names + removals
    }

    /// `environment` with the overlay applied.
    package func applied(to environment: Environment) -> Environment {
        var result = environment
        for name in removals { result.remove(name) }
        if assignments.count > Self.fewAssignments {
            result.set(assignments.map { ($0.name, Array($0.value.text.utf8)) })
        } else {
            for assignment in assignments { result.set(assignment.name, to: assignment.value.text) }
        }
        for assignment in rawAssignments { result.set(assignment.name, to: assignment.value) }
        return result
    }

    /// Up to so many are set one by one, without a table.
    private static let fewAssignments = 64

    func isSet(_ name: String) -> Bool { isAssigned(name) || rawAssignments.contains { $0.name == name } }

    func isAssigned(_ name: String) -> Bool {
        if assignments.count > Self.fewAssignments { return assigned.contains(name) }
        for index in assignments.indices where assignments[index].name == name { return true }
        return false
    }

    /// Sets a port under a name that comes from the project, if the gate lets it pass.
    private mutating func admit(_ name: String, _ port: Port) {
        if VariableGate.admitsPort(name) {
            set(name, .port(port))
        } else if !refused.contains(name) {
            refused.append(name)
        }
    }

    /// Sets what is portrun's own, or the user's: no text of a project may choose `name`.
    mutating func set(_ name: String, _ value: Value) {
        if !isAssigned(name) { append(name, value) }
    }

    /// Sets a variable that is not set yet.
    mutating func append(_ name: String, _ value: Value) {
        assignments.append(Assignment(name: name, value: value))
        if assignments.count == Self.fewAssignments + 1 {
            noteAssigned()
        } else if assignments.count > Self.fewAssignments {
            assigned.insert(name)
        }
    }

    /// Takes back what `isDropped` says.
    mutating func dropAssignments(where isDropped: (String) -> Bool) {
        assignments.removeAll { isDropped($0.name) }
        rawAssignments.removeAll { isDropped($0.name) }
        noteAssigned()
    }

    private mutating func noteAssigned() {
        assigned = []
        guard assignments.count > Self.fewAssignments else { return }
        for assignment in assignments { assigned.insert(assignment.name) }
    }
}
