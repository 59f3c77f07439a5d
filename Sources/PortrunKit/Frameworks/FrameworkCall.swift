import PortrunBase

/// A server of a known framework that a command starts, and how it can be told its port.
package struct FrameworkCall: Sendable, Equatable {
    package let framework: Framework
    /// The folder where it runs, absolute.
    package let folder: String
    /// The port that it takes when nobody tells it another: the project's files', else the framework's own.
    package let port: Port?
    /// Where a configuration file of the framework says that; nil where none does.
    package let configured: ConfiguredPort?
    package internal(set) var route: Route
    /// Its arguments as the project's files have them, as far as no shell changes them.
    let arguments: [String]
    /// The file, where it is a script of the project's own; absolute.
    var script: String?

    /// How words reach the server.
    package enum Route: Sendable, Equatable {
        /// It needs none: it reads `PORT`, or the user has given a port.
        case none
        /// Its port can be told it by no way: what the project's files fix stays.
        case fixed
        /// Put into the command's words at a place, with further ones before them.
        case words(at: Int, behind: [String])
        /// Put into one of the command's words, the text of `sh -c`, at a place in it, with further words before them.
        case text(word: Int, at: Int, behind: [String])
        /// By the preload, in its own process.
        case preload
        /// By a variable of the framework's own.
        case variable
    }
}

/// The servers that a command starts.
package struct FrameworkCalls: Sendable, Equatable {
    package internal(set) var calls: [FrameworkCall] = []
    /// Several programs run at once, so that `PORT` is not the one server's.
    package internal(set) var isParallel = false

    package init() {}

    /// The servers in the command `words` when it runs in `folder`.
    ///
    /// A command that is no framework and no runner of one costs a few comparisons.
    /// - Parameter setsPort: the primary's port is in `PORT`.
    package init(_ words: [String], in folder: String, setsPort: Bool = true, _ look: Look = Look()) {
        self.init(words, in: folder, setsPort: setsPort, Packages(look))
    }

    /// - Parameters:
    ///   - packages: made where they are needed.
    ///   - source: the file that the command is from; empty for what the user has typed.
    init(
        _ words: [String], in folder: String, setsPort: Bool = true, _ packages: @autoclosure () -> Packages,
        source: String = ""
    ) {
        guard let name = words.first.map(Path.lastName), CommandReader.isWorthReading(name) else { return }
        var reader = CommandReader(setsPort: setsPort, packages(), source: source)
        reader.read(words.map { ScriptWord(text: $0, isTyped: true) }[...], in: folder, by: .typed)
        calls = reader.calls
        // Two that read one variable cannot be told apart by it.
        for index in calls.indices where calls[index].route == .variable {
            let isShared = calls.indices.contains {
                $0 != index && calls[$0].framework.environment == calls[index].framework.environment
            }
            if isShared { calls[index].route = .fixed }
        }
        isParallel = reader.isParallel || calls.count > 1
    }

    /// The servers to book ports for, in their order.
    ///
    /// - Parameter root: the context's path. A server below it is called after its folder there.
    package func servers(root: String, workingDirectory: String) -> [BookingPlan.Server] {
        guard isParallel else {
            return calls.map { BookingPlan.Server(port: $0.port, variable: $0.variable) }
        }
        var names: [ServiceName] = []
        return calls.map { call in
            let name = call.serviceName(root: root, workingDirectory: workingDirectory)
            var unique = name
            var number = 1
            while names.contains(unique) {
                number += 1
                unique = name.appending(number)
            }
            names.append(unique)
            return BookingPlan.Server(service: unique, port: call.port, variable: call.variable)
        }
    }
}

extension FrameworkCall {
    fileprivate var variable: String? {
        if case .variable(let name) = framework.injection { return name }
        guard route == .variable, case .port(let name) = framework.environment else { return nil }
        return name
    }

    fileprivate func serviceName(root: String, workingDirectory: String) -> ServiceName {
        var name = framework.name
        if folder != workingDirectory, let below = Path.relative(folder, to: root), !below.isEmpty {
            name = String(below.map { $0 == "/" ? "-" : $0 })
        }
        // The name of a framework is a valid one.
        return ServiceName(name) ?? ServiceName(framework.name)!
    }
}

extension FrameworkCalls {
    /// `arguments` with the words that tell the servers their port.
    ///
    /// - Parameter ports: one for each call; nil where none is booked.
    package func told(_ arguments: [[UInt8]], _ ports: [Port?]) -> [[UInt8]] {
        var told = arguments
        // At most one of several servers can be reached by words of its own. In a text the last comes first, so that
        // the places before it stay.
        for (call, port) in zip(calls, ports).reversed() {
            guard let port else { continue }
            let words = call.framework.words(for: port)
            switch call.route {
            case .words(let place, let behind):
                guard place <= told.count else { continue }
                told.insert(contentsOf: (behind + words).map { Array($0.utf8) }, at: place)
            case .text(let word, let place, let behind):
                // Places were counted in a text; in bytes that are none they would be others.
                guard word < told.count, place <= told[word].count,
                    String(validating: told[word], as: UTF8.self) != nil
                else { continue }
                told[word].insert(contentsOf: (behind + words).flatMap { Array(" \($0)".utf8) }, at: place)
            case .none, .fixed, .preload, .variable: continue
            }
        }
        return told
    }

    /// Variables that hold words for a server, behind those that the user has there; those that hold a port are the
    /// overlay's, as a booking's.
    ///
    /// - Parameter ports: one for each call; nil where none is booked.
    package func settings(_ ports: [Port?], _ environment: Environment) -> [(name: String, value: String)] {
        var settings: [(name: String, value: String)] = []
        for (call, port) in zip(calls, ports) {
            guard call.route == .variable, case .arguments(let name) = call.framework.environment, let port else {
                continue
            }
            var value = environment[name] ?? ""
            for word in call.framework.words(for: port) { value += (value.isEmpty ? "" : " ") + word }
            settings.append((name, value))
        }
        return settings
    }
}
