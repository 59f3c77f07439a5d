extension ContextResolver {
    /// The context of the main worktree, for a working directory in another worktree of its repository.
    ///
    /// nil in the main worktree itself, outside git, and where a bare repository stands in its place.
    package static func mainWorktree(beside request: ContextRequest) -> Context? {
        let environment = request.environment.withoutRepository
        guard let folder = FileSystem.resolved(request.workingDirectory),
            let location = try? GitLocation.find(from: folder, environment: environment),
            location.hasMainWorktreeElsewhere,
            // A worktree of somebody else's is one only to those whom git tells of it.
            location.isOwn(in: environment) || GitCheckout.ask(from: folder, environment: environment) != nil
        else { return nil }
        let main = ContextRequest(
            workingDirectory: Path.parent(location.commonDirectory), home: request.home, environment: environment)
        guard let context = try? resolve(main), context.repository == location.commonDirectory,
            context.path == main.workingDirectory
        else { return nil }
        return context
    }
}
