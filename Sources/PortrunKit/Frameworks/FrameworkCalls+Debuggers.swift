import PortrunBase

extension FrameworkCalls {
    /// What to book for the second ports.
    package var debuggers: [BookingPlan.Server] {
        debugPorts.enumerated().map { index, debug in
            // Valid names.
            let name = ServiceName(debug.service)!
            let count = debugPorts[..<index].filter { $0.service == debug.service }.count
            return BookingPlan.Server(
                service: count == 0 ? name : name.appending(count + 1), port: debug.port, kind: .debug)
        }
    }

    /// `arguments` with other numbers for the second ports.
    ///
    /// - Parameter ports: one for each; nil for one that stays.
    func toldDebuggers(_ arguments: [[UInt8]], _ ports: [Port?]) -> [[UInt8]] {
        var told = arguments
        for (debug, port) in zip(debugPorts, ports) {
            guard let port else { continue }
            switch debug.telling {
            case .number(let word) where word < told.count:
                told[word] = LineEdits.replaced(debug.port, port, in: told[word])
            case .flag(let word) where word < told.count: told[word] += Array("=\(port)".utf8)
            case .number, .flag, .line, .nodeOptions, .fixed: break
            }
        }
        return told
    }

    /// Node's options, behind those that the user has there, where they tell a second port.
    func debugSettings(_ ports: [Port?], _ environment: Environment) -> [(name: String, value: String)] {
        for (debug, port) in zip(debugPorts, ports) where debug.telling == .nodeOptions {
            guard let port else { continue }
            let own = environment[NodePreload.variable].map { $0.isEmpty ? "" : $0 + " " } ?? ""
            return [(NodePreload.variable, "\(own)--inspect-port=\(port)")]
        }
        return []
    }
}
