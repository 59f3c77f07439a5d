import PortrunBase
import PortrunCompose

/// The compose project that a script sets by `COMPOSE_PROJECT_NAME` for its commands.
extension Checkout {
    /// nil where none is set, and where it is the user who has set it for the whole launch.
    var projectOfScript: String? {
        guard let name = userEnvironment[ShimSettings.project], !name.isEmpty,
            !ShimSettings.isUsersProject(name, in: system.environment)
        else { return nil }
        return name
    }

    /// The command and the checkout as they would be had the script said `-p` in the place of the variable: one way of
    /// demanding a project is as good as the other. In the main worktree all is as the script has it.
    ///
    /// What compose would call the project by itself, as after an `include .env` of a makefile, demands nothing.
    func demandingProjectOfScript(_ invocation: Invocation, _ look: Look) -> (Invocation, Checkout) {
        guard !context.isMain, let name = projectOfScript, ComposeTool(running: invocation.words) != nil else {
            return (invocation, self)
        }
        let checkout = withoutProject
        guard let compose = ComposeCommand(invocation.words), compose.projectName == nil else {
            return (invocation, checkout)
        }
        var request = checkout.composeRequest(compose)
        request.standardInput = invocation.composeFile
        if ComposeReader.readLeniently(request, look)?.name == name { return (invocation, checkout) }
        var demanding = invocation
        demanding.words.insert(contentsOf: ["-p", name], at: compose.flagsEnd)
        demanding.arguments.insert(contentsOf: [Array("-p".utf8), Array(name.utf8)], at: compose.flagsEnd)
        return (demanding, checkout)
    }
}
