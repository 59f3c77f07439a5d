import PortrunBase

/// The settings that lead commands inside a run to portrun's shim: its folder, first in `PATH`, and the run's
/// options.
///
/// Unlike an `Overlay`, which a shell may take over, this is for the command alone.
package struct ShimSettings: Sendable, Equatable {
    /// Absolute, without a colon.
    private let folder: String
    /// Options of `portrun run`, each with its value in one word.
    private let options: [String]
    /// The compose project that the user has set; nil where he has not.
    private let usersProject: String?

    private static let folderVariable = "PORTRUN_SHIMS"
    package static let optionsVariable = "PORTRUN_OPTIONS"
    private static let pathVariable = "PATH"
    /// Names the compose project.
    static let project = "COMPOSE_PROJECT_NAME"
    /// What the user had in that before the launch; not set where he had nothing.
    private static let usersProjectVariable = "PORTRUN_PROJECT"

    package init(folder: String, options: [String], usersProject: String? = nil) {
        self.folder = folder
        self.options = options
        self.usersProject = usersProject
    }

    /// `environment` with the shim in it, once.
    package func applied(to environment: Environment) -> Environment {
        var result = Self.removed(from: environment)
        // Where nobody has set it, everybody looks up in folders of their own.
        guard result.bytes(of: Self.pathVariable) != nil else { return result }
        result.set(Self.pathVariable, to: SearchPath(result).without(folder).prefixed(by: folder).text)
        result.set(Self.folderVariable, to: folder)
        if !options.isEmpty { result.set(Self.optionsVariable, to: WordList.text(of: options)) }
        if let usersProject { result.set(Self.usersProjectVariable, to: usersProject) }
        return result
    }

    /// `environment` without the shim of a portrun further out.
    package static func removed(from environment: Environment) -> Environment {
        var result = environment
        if let folder = environment[folderVariable] {
            if environment.bytes(of: pathVariable) != nil {
                result.set(pathVariable, to: SearchPath(environment).without(folder).text)
            }
            result.remove(folderVariable)
        }
        result.remove(optionsVariable)
        result.remove(usersProjectVariable)
        return result
    }

    /// False inside a launch for a compose project that a script has set since.
    static func isUsersProject(_ name: String, in environment: Environment) -> Bool {
        guard environment.bytes(of: folderVariable) != nil else { return true }
        return environment[usersProjectVariable].map { $0.utf8.elementsEqual(name.utf8) } ?? false
    }

    /// The options that the portrun further out was told.
    package static func options(in environment: Environment) -> [String] {
        environment[optionsVariable].map(WordList.words) ?? []
    }
}
