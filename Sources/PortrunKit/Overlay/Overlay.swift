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

    /// The names that tell a further portrun, run inside, what is ours.
    package static let contextVariable = "PORTRUN_CONTEXT"
    package static let setVariable = "PORTRUN_SET"
    /// The overlay for a command that runs with `bookings`.
    ///
    /// - Parameters:
    ///   - primary: the booking that the command itself binds, and the variable it reads it from.
    ///   - shared: the ports of services that another context runs for this one.
    ///   - project: `COMPOSE_PROJECT_NAME`, nil to leave it alone.
    ///   - settings: further variables, which tell servers their port.
    ///   - files: what compose is to load instead of what it finds; nil to leave that alone.
    ///   - environment: the one that the overlay is for; what `PORTRUN_SET` names there and is not set now, goes.
    ///   - isLeft: true of a `<SERVICE>_PORT` that would change more than published ports.
    package init(
        context hash: String, bookings: [Booking], primary: (booking: Booking, variable: String)?,
        shared: [MainServicePort] = [], settings: [(name: String, value: String)] = [], project: String?,
        files: ComposeFileList? = nil, environment: Environment,
        leaving isLeft: (_ name: String) -> Bool = { _ in false }
    ) {
        if let primary { set(primary.variable, .port(primary.booking.port)) }
        // Variables that the files name come before those made from a service's name: they may mean another port of it.
        for booking in bookings {
            if let variable = booking.variable { set(variable, .port(booking.port)) }
        }
        for port in shared {
            if let variable = port.variable { set(variable, .port(port.port)) }
        }
        // TCP and UDP of one service usually have one number; where they differ the variable is TCP's.
        for booking in bookings {
            let name = booking.service.portVariable
            if !isLeft(name) { set(name, .port(booking.port)) }
        }
        for port in shared {
            let name = port.service.portVariable
            if !isLeft(name) { set(name, .port(port.port)) }
        }
        for setting in settings { set(setting.name, .text(setting.value)) }
        if let project { set("COMPOSE_PROJECT_NAME", .text(project)) }
        if let files {
            set(ComposeFileList.variable, .text(files.text))
            set(ComposeFileList.separatorVariable, .text(files.separator))
        }
        var names = ""
        for assignment in assignments { names += (names.isEmpty ? "" : " ") + assignment.name }
        let earlier = keepTheUsers(environment)
        set(Self.contextVariable, .text(hash))
        set(Self.setVariable, .text(names))
        for name in earlier where !isSet(name) { removals.append(name) }
        if environment.bytes(of: Self.replacedVariable) != nil, !isSet(Self.replacedVariable) {
            removals.append(Self.replacedVariable)
        }
        restoreRewritten(environment)
    }

    /// The overlay that takes everything away that an earlier one set, and gives the user's own back.
    package init(clearing environment: Environment) {
        let ours = Self.inherited(environment)
        giveBack(Self.replaced(environment, ours))
        removals = ours.filter { !isSet($0) }
        for name in [Self.contextVariable, Self.setVariable, Self.replacedVariable]
        where environment.bytes(of: name) != nil {
            removals.append(name)
        }
        restoreRewritten(environment)
    }

    /// The names that a portrun further out has set, and which are therefore not the user's wish.
    package static func inherited(_ environment: Environment) -> [String] {
        environment[setVariable]?.split(separator: " ").map(String.init).filter(Environment.isIdentifier) ?? []
    }

    /// `environment` without what an earlier overlay put there: what is left is the user's.
    package static func userEnvironment(_ environment: Environment) -> Environment {
        NodePreload.removed(
            from: ShimSettings.removed(from: Overlay(clearing: environment).applied(to: environment)))
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

    func isSet(_ name: String) -> Bool {
        assignments.contains { $0.name == name } || rawAssignments.contains { $0.name == name }
    }

    mutating func set(_ name: String, _ value: Value) {
        guard !assignments.contains(where: { $0.name == name }) else { return }
        assignments.append(Assignment(name: name, value: value))
    }
}
