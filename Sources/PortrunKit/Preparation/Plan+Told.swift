import PortrunBase

/// What the servers of a command are told.
extension Plan {
    /// The command's words with its placeholders filled in and its server told the port.
    ///
    /// - Parameters:
    ///   - arguments: the command, byte for byte.
    ///   - booked: for each request of the plan.
    func told(_ arguments: [[UInt8]], _ booked: [PortRange?]) throws(PlaceholderError) -> [[UInt8]] {
        var isMissing = false
        // First the server: where its words go in a text is counted in what the user has typed.
        // Words for a server come behind what has a debugger.
        let servers = calls.toldDebuggers(calls.told(arguments, serverPorts(booked)), debugPorts(booked))
        let filled = Placeholder.filled(servers) { service in
            guard let service else {
                isMissing = isMissing || booking.primary == nil
                return booking.primary.flatMap { booked[$0]?.first }
            }
            return booking.port(of: service, booked)
        }
        if isMissing { throw .noOwnPort }
        return filled
    }

    /// The file that tells their port to servers that the command's words do not reach, and node what is translated; nil
    /// when there is nothing to tell.
    func preload(_ booked: [PortRange?], _ translation: TranslationPlan?, for owner: FileOwner) -> NodePreload? {
        let translated = translation.flatMap { mayRunNode ? $0 : nil }
        return NodePreload(
            calls.calls, serverPorts(booked), translated: translated?.entries ?? [],
            later: translated?.leavesUndeclared == true ? EphemeralPorts.current() : nil, for: owner)
    }

    /// A script or a runner of node's, or a folder of node's.
    private var mayRunNode: Bool {
        for word in invocation?.words ?? [] {
            if ["node", "npm", "npx", "yarn", "pnpm", "tsx"].contains(Path.lastName(word)) { return true }
            if [".js", ".cjs", ".mjs", ".ts"].contains(where: word.hasSuffix) { return true }
        }
        return !FileSystem.isAbsent("\(checkout.workingDirectory)/package.json")
    }

    /// The Procfile that tells its processes' servers their port; nil where they have it by themselves.
    func procfile(_ procfile: Procfile, _ booked: [PortRange?], for owner: FileOwner) -> [UInt8]? {
        procfile.told(
            calls.calls, serverPorts(booked), Array(zip(calls.debugPorts, debugPorts(booked))), for: owner)
    }

    /// Variables that tell servers their port which neither words nor the preload reach.
    func settings(_ booked: [PortRange?]) -> [(name: String, value: String)] {
        calls.settings(serverPorts(booked), checkout.userEnvironment)
            + (calls.debugPorts.isEmpty
                ? [] : calls.debugSettings(debugPorts(booked), checkout.userEnvironment))
            + (options.portserver.map { [("PORTSERVER_ADDRESS", $0)] } ?? [])
    }

    /// For each second port the one to tell it; nil where it has that by itself.
    private func debugPorts(_ booked: [PortRange?]) -> [Port?] {
        zip(calls.debugPorts, booking.serverRequests.dropFirst(calls.calls.count)).map { debug, index in
            guard let port = booked[index]?.first, port != debug.port else { return nil }
            return port
        }
    }

    /// For each server the port to tell it; nil where it has that by itself.
    private func serverPorts(_ booked: [PortRange?]) -> [Port?] {
        zip(calls.calls, booking.serverRequests).map { call, index in
            guard let port = booked[index]?.first, port != call.port else { return nil }
            return port
        }
    }
}

/// A placeholder that stands for nothing.
package enum PlaceholderError: ReportableError, Equatable {
    /// `{port}` in a compose command, which has no port of its own.
    case noOwnPort

    package var message: String {
        switch self {
        case .noOwnPort: "`{port}` and `{url}` are the command's own, and compose has none"
        }
    }

    package var hint: String? {
        switch self {
        case .noOwnPort: "`{port:NAME}` is a service's, and `{{port}}` stands for the text `{port}`"
        }
    }

    package var exitStatus: Int32 { 64 }
}
