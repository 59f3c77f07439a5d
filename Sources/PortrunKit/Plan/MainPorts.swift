import PortrunBase
import PortrunCompose

/// The numbers that belong to the main worktree, and what the user has chosen here instead.
extension BookingPlan {
    /// Makes a wish of each number that is said here alone: one that the user set, or that this worktree's own `.env` or
    /// compose files give, is not the main worktree's.
    ///
    /// The services' declared numbers are the main worktree's then, for values name those. A service that this worktree
    /// alone has is noted.
    mutating func wishForOwnPorts(
        of project: ComposeProject, _ request: ComposeRequest, in checkout: Checkout, _ look: Look
    ) {
        guard requests.contains(where: { $0.entry != nil }), let main = checkout.folderOfMain(),
            requests.contains(where: { Self.mayDiffer($0, project, request) })
                || Self.differ(project.files, in: checkout.context.path, main, look)
        else { return }
        var beside = request.moved(from: checkout.context.path, to: main)
        // What is set for this command is not set for those in the main worktree.
        for case let variable? in requests.map({ $0.entry == nil ? nil : $0.variable }) {
            beside.environment.remove(variable)
        }
        let hasFile = project.files.contains { file in
            Path.relative(file, to: checkout.context.path).map {
                FileSystem.kind(of: Path.absolute($0, in: main)) != nil
            } ?? true
        }
        guard let ports = hasFile ? ComposeReader.readLeniently(beside, look)?.ports : [], look.end == nil
        else { return }
        let declared = ports.compactMap { $0.published.port }
        for index in requests.indices {
            let request = requests[index]
            // Thousands of ports are looked through for each.
            guard look.goesOn(after: 2 * ports.count, in: ports.first?.file ?? "") else { return }
            guard let entry = request.entry, let own = request.declared, !declared.contains(own) else { continue }
            let here = project.ports[entry]
            let twin = ports.first {
                $0.service == here.service && $0.target == here.target && $0.transport == here.transport
            }
            guard let number = twin?.published.port else {
                requests[index].isOfThisCheckoutAlone = true
                continue
            }
            requests[index].wish = own
            requests[index].declared = number
        }
    }

    /// Whether one of the compose files says something else in the main worktree.
    private static func differ(_ files: [String], in own: String, _ main: String, _ look: Look) -> Bool {
        files.contains { file in
            guard let below = Path.relative(file, to: own), let here = try? look.read(file) else { return false }
            let other = Path.absolute(below, in: main)
            if FileSystem.kind(of: other) == nil { return true }
            guard let there = try? look.read(other) else { return false }
            return here != there
        }
    }

    /// Whether the variable of a service's port may have another value here than in the main worktree.
    private static func mayDiffer(
        _ port: ServiceRequest, _ project: ComposeProject, _ request: ComposeRequest
    ) -> Bool {
        guard port.entry != nil, let variable = port.variable else { return false }
        return request.environment[variable] != nil || !request.envFiles.isEmpty
            || FileSystem.kind(of: project.directory + "/.env") == .file
    }
}

extension Checkout {
    /// The port that the main worktree's env files give `variable`, as far as they are those of `folders` there; nil for
    /// none.
    func portOfMain(_ variable: String, _ folders: [String?], _ options: LaunchOptions, _ look: Look) -> Port? {
        guard let main = folderOfMain() else { return nil }
        func beside(_ path: String) -> String? {
            Path.relative(path, to: context.path).map { Path.absolute($0, in: main) }
        }
        let files = options.rewriting.envFiles.compactMap { beside(Path.absolute($0, in: workingDirectory)) }
        // A file that the user names may be here alone.
        let variables = try? EnvFileVariables(
            in: folders.compactMap { $0.flatMap(beside) }, files: files, environment: userEnvironment, look)
        return variables?.port(variable, in: userEnvironment)
    }
}
