/// Tells the context of a working directory.
package enum ContextResolver {
    /// The context that the user named, else the git checkout, else the folder outside git.
    ///
    /// - Throws: `ContextError` for names that cannot be and for a working directory that is gone. Trouble with
    ///   a repository is a warning of the context: the folder then counts as one outside git.
    package static func resolve(_ request: ContextRequest) throws(ContextError) -> Context {
        let naming = try ContextNaming(of: request)
        guard let folder = FileSystem.resolved(request.workingDirectory) else {
            throw .unreachable(path: request.workingDirectory)
        }
        return naming.applied(to: located(folder, request))
    }

    /// Whether `path` is still the root of a checkout with `identity`.
    ///
    /// For two clones on one branch: the first keeps the identity while this is so. It is not when the folder
    /// is gone, has another branch checked out, or became a link to where it moved.
    package static func path(
        _ path: String, stillResolvesTo identity: String, home: String?, environment: Environment
    ) -> Bool {
        guard FileSystem.resolved(path) == path else { return false }
        let request = ContextRequest(
            workingDirectory: path, home: home, environment: environment.withoutRepository)
        let context = located(path, request)
        return context.path == path && context.identity == identity
    }

    /// The context of `folder` by where it is.
    ///
    /// A prompt is to find the one that a command does, so that both look no further than the prompt.
    private static func located(_ folder: String, _ request: ContextRequest) -> Context {
        do {
            let checkout = try GitCheckout.read(
                from: folder, home: request.home, environment: request.environment, Look(.ofPrompt))
            return checkout.map { context(of: $0, folder) } ?? context(outsideGit: folder, request)
        } catch {
            var reason = error
            if !error.isExcess {
                do throws(NeedsGit) {
                    try GitCheckout.measure(from: folder, home: request.home, environment: request.environment)
                    if let checkout = GitCheckout.ask(from: folder, environment: request.environment) {
                        return context(of: checkout, folder)
                    }
                } catch {
                    reason = error
                }
            }
            return context(outsideGit: folder, request, warnings: [warning(of: reason, folder, request)])
        }
    }

    /// Why the repository of `folder` does not count.
    private static func warning(of reason: NeedsGit, _ folder: String, _ request: ContextRequest) -> Warning {
        switch reason {
        case .endless(let path):
            Warning("`\(path)` is not what git keeps there, so `\(folder)` counts as a folder outside git")
        case .leftOut(let end):
            Warning(
                file: end.file(relativeTo: request.workingDirectory),
                "\(end.message), so `\(folder)` counts as a folder outside git")
        case .variable, .gitFile, .configuration, .value, .format, .worktree, .head, .references, .owner:
            Warning(
                "git does not tell the branch of `\(folder)`, so it counts as a folder outside git; `git status` says why"
            )
        }
    }

    private static func context(of checkout: GitCheckout, _ folder: String) -> Context {
        let location = checkout.location
        let label = ContextLabel(app: checkout.app, instance: checkout.instance)
        let context = Context(
            identity: "\(checkout.origin ?? location.root):\(checkout.instance)", label: label.text,
            app: label.app, instance: label.instance, path: location.root,
            remote: checkout.origin.map { RemoteURL(text: $0).withoutSecrets }, branch: checkout.branch,
            repository: location.commonDirectory, isMain: checkout.isMain, isGuest: checkout.hasMainWorktreeElsewhere,
            folder: Path.relative(folder, to: location.root) ?? "", warnings: [])
        if let main = checkout.mainWorktree, main != location.root { return context.beside(cloneAt: main) }
        return location.submoduleOfMain.map { context.qualifiedByPath().beside(cloneAt: $0) } ?? context
    }

    private static func context(
        outsideGit folder: String, _ request: ContextRequest, warnings: [Warning] = []
    ) -> Context {
        let path = ProjectFolder.containing(folder, home: request.home)
        let label = ContextLabel(app: Path.lastName(path), instance: "")
        return Context(
            identity: path, label: label.text, app: label.app, instance: label.instance, path: path,
            remote: nil, branch: nil, repository: nil, isMain: false,
            folder: Path.relative(folder, to: path) ?? "", warnings: warnings)
    }
}
