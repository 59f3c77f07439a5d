import PortrunBase
import PortrunCompose

/// The servers that a command starts.
package struct FrameworkCalls: Sendable, Equatable {
    package internal(set) var calls: [FrameworkCall] = []
    /// Several programs run at once, so that `PORT` is not the one server's.
    package internal(set) var isParallel = false
    /// A script for the shell in a file is run.
    private(set) var isShellFile = false
    /// The second ports that the command opens.
    package private(set) var debugPorts: [DebugPort] = []
    /// A program in the command's scripts that becomes another user.
    package private(set) var userChange: UserChange?
    /// The Procfile whose processes they are; nil for none, and for one that no word of the user's names.
    package private(set) var procfile: Procfile?

    package init() {}

    /// The servers in the command `words` when it runs in `folder`.
    ///
    /// A command that is no framework and no runner of one costs a few comparisons.
    /// - Parameters:
    ///   - setsPort: the primary's port is in `PORT`.
    ///   - environment: the user's.
    package init(
        _ words: [String], in folder: String, setsPort: Bool = true, environment: Environment = Environment(),
        _ look: Look = Look()
    ) {
        self.init(words, in: folder, setsPort: setsPort, environment: environment, Packages(look))
    }

    /// - Parameters:
    ///   - packages: made where they are needed.
    ///   - source: the file that the command is from; empty for what the user has typed.
    init(
        _ words: [String], in folder: String, setsPort: Bool = true, environment: Environment = Environment(),
        _ packages: @autoclosure () -> Packages, source: String = ""
    ) {
        guard let program = words.first,
            CommandReader.isWorthReading(Path.lastName(program)) || ShellFile.mayBe(program, in: folder)
        else { return }
        var reader = CommandReader(setsPort: setsPort, environment, packages(), source: source)
        reader.read(words.map { ScriptWord(text: $0, isTyped: true) }[...], in: folder, by: .typed)
        calls = reader.calls
        // Two that read one variable cannot be told apart by it.
        for index in calls.indices where calls[index].route == .variable {
            let isShared = calls.indices.contains {
                $0 != index && calls[$0].framework.environment == calls[index].framework.environment
            }
            if isShared { calls[index].route = .fixed }
        }
        dropClients()
        isParallel = reader.isParallel || calls.count > 1
        isShellFile = reader.isShellFile
        procfile = reader.procfile
        debugPorts = reader.debugPorts
        userChange = reader.userChange
    }

    /// Leaves out scripts whose number is another server's: they are its clients.
    private mutating func dropClients() {
        guard calls.contains(where: \.isGuess) else { return }
        calls = calls.enumerated().filter { index, call in
            !call.isGuess
                || !calls.enumerated().contains { $0 != index && $1.port == call.port && !($1.isGuess && $0 > index) }
        }.map(\.element)
    }

    /// Leaves out what nobody knows where its number is one that a compose project publishes: it is that service's
    /// client, or stands in for it, and who names the number is led to where the service is.
    ///
    /// Only a script that listens may well be the project's web server, run outside of its container.
    package mutating func dropClients(of ports: [DeclaredPort]) {
        guard calls.contains(where: { $0.isGuess || $0.route == .lineNumber }) else { return }
        calls.removeAll { call in
            guard call.isGuess || (call.isUnknown && call.route == .lineNumber), let number = call.port
            else { return false }
            return ports.contains { port in
                port.published.range?.contains(number) == true && !(call.isGuess && port.kind == .web)
            }
        }
    }

    /// Leaves only the second ports: the servers are not booked.
    package mutating func dropServers() { calls = [] }

    /// The servers to book ports for, in their order.
    ///
    /// - Parameter root: the context's path. A server below it is called after its folder there.
    package func servers(root: String, workingDirectory: String) -> [BookingPlan.Server] {
        guard isParallel else {
            return calls.map { $0.server(as: nil) }
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
            return call.server(as: unique)
        }
    }
}

extension FrameworkCall {
    fileprivate func server(as name: ServiceName?) -> BookingPlan.Server {
        BookingPlan.Server(service: name, port: port, variable: variable, wish: isTyped ? port : nil)
    }

    private var variable: String? {
        if case .variable(let name) = framework.injection { return name }
        guard route == .variable, case .port(let name) = framework.environment else { return nil }
        return name
    }

    fileprivate func serviceName(root: String, workingDirectory: String) -> ServiceName {
        if let processName, let name = ServiceName(processName) { return name }
        var name = framework.name
        if folder != workingDirectory, let below = Path.relative(folder, to: root), !below.isEmpty {
            name = String(below.map { $0 == "/" ? "-" : $0 })
        } else if let script, Path.parent(script) == root {
            // Not after the checkout's folder: the service is the same one in each.
            name = Path.lastName(script).parts(at: ".").before
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
            case .none, .fixed, .preload, .variable, .line, .lineNumber, .linePort: continue
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
