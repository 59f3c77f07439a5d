/// Everything that decides the context: the system of the caller and the names given on the command line.
package struct ContextRequest: Sendable {
    package var workingDirectory: String
    /// `$HOME` when it is an absolute path.
    package var home: String?
    package var environment: Environment
    /// `--context`.
    package var name: String?
    /// `--app`.
    package var app: String?
    /// `--instance`.
    package var instance: String?

    package init(
        workingDirectory: String, home: String?, environment: Environment, name: String? = nil,
        app: String? = nil, instance: String? = nil
    ) {
        self.workingDirectory = workingDirectory
        self.home = home
        self.environment = environment
        self.name = name
        self.app = app
        self.instance = instance
    }
}
