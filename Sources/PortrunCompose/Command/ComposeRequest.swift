import PortrunBase

/// The project that the user addressed: compose's own flags, and the system they are read in.
package struct ComposeRequest: Sendable, Equatable {
    /// Absolute.
    package var workingDirectory: String
    /// `-f`, in order; `-` is standard input.
    package var files: [String]
    /// `--profile`.
    package var profiles: [String]
    /// `--env-file`, in order.
    package var envFiles: [String]
    /// `--project-directory`.
    package var projectDirectory: String?
    /// `-p`.
    package var projectName: String?
    package var environment: Environment
    /// The compose file that `-f -` stands for; nil to leave standard input alone.
    package var standardInput: [UInt8]?

    package init(
        workingDirectory: String, files: [String] = [], profiles: [String] = [], envFiles: [String] = [],
        projectDirectory: String? = nil, projectName: String? = nil, environment: Environment = Environment()
    ) {
        self.workingDirectory = workingDirectory
        self.files = files
        self.profiles = profiles
        self.envFiles = envFiles
        self.projectDirectory = projectDirectory
        self.projectName = projectName
        self.environment = environment
    }

    /// The same project in another worktree: paths below the folder `own` are below `other`.
    package func moved(from own: String, to other: String) -> ComposeRequest {
        func moved(_ path: String) -> String {
            Path.relative(path, to: own).map { Path.absolute($0, in: other) } ?? path
        }
        var request = self
        request.workingDirectory = moved(workingDirectory)
        request.files = files.map(moved)
        request.envFiles = envFiles.map(moved)
        request.projectDirectory = projectDirectory.map(moved)
        return request
    }
}
