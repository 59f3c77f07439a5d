/// A server of a known framework that a command starts, and how it can be told its port.
package struct FrameworkCall: Sendable, Equatable {
    package let framework: Framework
    /// The folder where it runs, absolute.
    package let folder: String
    /// The port that it takes when nobody tells it another: the project's files', else the framework's own.
    package let port: Port?
    package let route: Route
    /// Its arguments as the project's files have them, as far as no shell changes them.
    let arguments: [String]

    /// How words reach the server.
    package enum Route: Sendable, Equatable {
        /// It needs none: it reads `PORT`, or the user has given a port.
        case none
        /// Its port can be told it by no way: what the project's files fix stays.
        case fixed
        /// Put into the command's words at a place, with further ones before them.
        case words(at: Int, behind: [String])
        /// By the preload, in its own process.
        case preload
    }
}

/// What is known of the servers that a command starts.
package struct FrameworkCalls: Sendable, Equatable {
    package internal(set) var calls: [FrameworkCall] = []
    /// Several programs run at once, so that `PORT` is not the one server's.
    package internal(set) var isParallel = false

    package init() {}

    /// The servers in the command `words` when it runs in `folder`.
    ///
    /// A command that is no framework and no runner of one costs a few comparisons.
    /// - Parameter setsPort: the primary's port is in `PORT`.
    package init(_ words: [String], in folder: String, setsPort: Bool = true) {
        guard let name = words.first.map(Path.lastName), CommandReader.isWorthReading(name) else { return }
        var reader = CommandReader(setsPort: setsPort)
        reader.read(words.map { ScriptWord(text: $0, isTyped: true) }[...], in: folder, by: .typed)
        calls = reader.calls
        isParallel = reader.isParallel || calls.count > 1
    }

    /// What is to be booked for them, in their order.
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
        if case .variable(let name) = framework.injection { name } else { nil }
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
        // At most one of several servers can be reached by words.
        for (call, port) in zip(calls, ports) {
            guard case .words(let place, let behind) = call.route, let port, place <= told.count else { continue }
            told.insert(contentsOf: (behind + call.framework.words(for: port)).map { Array($0.utf8) }, at: place)
        }
        return told
    }
}
