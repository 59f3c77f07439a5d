/// Runs git and reads what it prints.
///
/// It is told that every folder is safe: what is asked of it here runs no command that a repository's configuration
/// names.
struct GitCommand {
    private let program: CapturedProgram
    private let folder: String

    /// - Returns: nil when there is no git.
    init?(in folder: String, environment: Environment) {
        guard let program = CapturedProgram("git", environment: environment) else { return nil }
        self.program = program
        self.folder = folder
    }

    /// The first line that git prints; nil when it ends with another status than 0 or prints nothing.
    func line(_ arguments: String...) -> String? {
        let (status, output) = run(arguments)
        return status == 0 ? output.split(separator: "\n").first.map(String.init) : nil
    }

    /// The exit status, nil when git could not be started or was killed, and all it printed.
    func run(_ arguments: String...) -> (status: Int32?, output: String) { run(arguments) }

    private func run(_ arguments: [String]) -> (status: Int32?, output: String) {
        program.run(["git", "-c", "safe.directory=*", "-C", folder] + arguments)
    }
}
