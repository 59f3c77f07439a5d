/// What there is only so much of in a look.
package enum LookResource: Int, Sendable {
    /// Files that are opened.
    case files
    /// What is read of them, and what their variables write out.
    case bytes
    /// The values of compose files and `package.json`, with aliases and bases written out.
    case values
    /// The services of compose files.
    case services
    /// The variables of env files.
    case variables
    /// The commands of scripts.
    case commands
    /// The servers among them.
    case servers
    /// Ports that `adopt` comes upon.
    case ports
    /// Ports that the compose files of one project publish, with ranges written out.
    case published
    /// The entries of folders, and of lists that patterns choose from.
    case names

    static let count = names.rawValue + 1
}

/// How much of each resource, and how much time, a look may take.
///
/// Many times what the largest projects need, and little enough for all of it to be done with within two seconds and
/// 100 MiB.
package struct LookLimits: Sendable {
    /// Of the processor's time.
    let milliseconds: Int
    let bytes: Int
    var values = 100_000
    /// A media server publishes its 32,768 for TCP and UDP, and a telephone exchange 10,001 beside it.
    var published = 60_000

    /// For a command that somebody has typed.
    package static let ofCommand = LookLimits(milliseconds: 800, bytes: 8 << 20)
    /// For one of the two ways through a file that is to be written.
    package static let ofWriting = LookLimits(milliseconds: 400, bytes: 8 << 20, values: 50_000)
    /// For what a prompt does by itself: nobody is to wait for that.
    package static let ofPrompt = LookLimits(milliseconds: 100, bytes: 2 << 20, published: 45_000)
    /// For what is done while others wait for the registry.
    package static let ofTransaction = LookLimits(milliseconds: 50, bytes: 2 << 20, published: 45_000)

    /// What ends the work that began at `start`, in nanoseconds of the processor's time; nil while there is time left.
    package func end(since start: Int64) -> LookEnd.Cause? { end(at: ProcessorClock.nanoseconds(), since: start) }

    /// Likewise, at `now`.
    func end(at now: Int64, since start: Int64) -> LookEnd.Cause? {
        now - start > Int64(milliseconds) * 1_000_000 ? .time(milliseconds: milliseconds) : nil
    }

    /// True for a look that nobody has asked for.
    package var isOfPrompt: Bool { milliseconds <= Self.ofPrompt.milliseconds }

    package subscript(resource: LookResource) -> Int {
        switch resource {
        case .files: 1000
        case .bytes: bytes
        case .values: values
        case .services: 2000
        case .variables: 10_000
        case .commands: 1000
        case .servers: 100
        case .ports: 1000
        case .published: published
        case .names: 50_000
        }
    }
}

/// Where a look was over, and why.
package struct LookEnd: Sendable, Equatable {
    /// The file that would have been too much; absolute, and empty for what the user has typed.
    package let path: String
    package let cause: Cause
    /// What has cost most.
    package var culprit: Culprit

    package init(path: String, cause: Cause) {
        self.path = path
        self.cause = cause
        if case .resource(.files, let limit) = cause { culprit = .files(limit) } else { culprit = .file(path) }
    }

    package enum Culprit: Sendable, Equatable {
        /// Absolute, and empty for what the user has typed.
        case file(String)
        /// So many together, none of which has half of it.
        case files(Int)
    }

    package enum Cause: Sendable, Equatable {
        case resource(LookResource, limit: Int)
        case time(milliseconds: Int)
    }

    /// The file that has cost most, named relative to `folder`; nil where none has.
    package func file(relativeTo folder: String) -> String? {
        guard case .file(let path) = culprit, !path.isEmpty else { return nil }
        return Path.shortest(path, from: folder)
    }

    /// What the user is told of it.
    ///
    /// - Parameter folder: the one that the file is named relative to.
    package func warning(relativeTo folder: String) -> Warning {
        Warning(
            file: file(relativeTo: folder),
            "\(message): the rest of its compose files, env files and scripts is left out")
    }

    /// What was too much.
    package var message: String {
        let much =
            switch cause {
            case .resource(.files, let limit): "more than \(limit) files"
            case .resource(.bytes, let limit): "more than \(limit >> 20) MiB"
            case .resource(.values, let limit): "more than \(limit) values, with aliases and bases written out"
            case .resource(.services, let limit): "more than \(limit) services"
            case .resource(.variables, let limit): "more than \(limit) variables in env files"
            case .resource(.commands, let limit): "more than \(limit) commands in scripts"
            case .resource(.servers, let limit): "more than \(limit) servers"
            case .resource(.ports, let limit): "more than \(limit) ports"
            case .resource(.published, let limit): "more than \(limit) published ports"
            case .resource(.names, let limit): "more than \(limit) names to look through"
            case .time(let milliseconds): "more than \(milliseconds) ms of work"
            }
        switch (culprit, cause) {
        case (.file, _), (.files, .resource(.files, _)): return "\(much) in this project"
        case (.files(let count), _): return "\(much) in \(count) files of this project"
        }
    }
}
