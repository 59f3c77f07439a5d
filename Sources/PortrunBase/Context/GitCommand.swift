/// Runs git and reads what it prints.
///
/// In a repository that came in an archive, the configuration is somebody else's, and names commands for many occasions:
/// git is asked for nothing that is one of them, and told to run none, to fetch nothing and to write nothing. Whose
/// repositories it trusts is between the user and git (`safe.directory`).
struct GitCommand {
    private let program: CapturedProgram
    private let folder: String
    private let deadline: Deadline

    /// For how long all questions about one repository may take: ten times what they take on a busy machine.
    static let patience: Duration = .milliseconds(1500)

    private static let precautions = [
        "--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "protocol.allow=never",
    ]

    /// Objects that are missing in a partial clone are not fetched. The list of protocols that git may use holds none,
    /// which goes before what a repository allows (git(1)); a git before 2.45 knows nothing else.
    private static let variables = [
        ("GIT_NO_LAZY_FETCH", "1"), ("GIT_ALLOW_PROTOCOL", ""), ("GIT_OPTIONAL_LOCKS", "0"),
        ("GIT_TERMINAL_PROMPT", "0"),
    ]

    /// - Returns: nil when there is no git.
    init?(in folder: String, environment: Environment) {
        var environment = environment
        for (name, value) in Self.variables { environment.set(name, to: value) }
        guard let program = CapturedProgram(.git, environment: environment) else { return nil }
        self.program = program
        self.folder = folder
        deadline = Deadline(after: Self.patience)
    }

    /// The first line that git prints; nil when it ends with another status than 0 or prints nothing.
    func line(_ arguments: String...) -> String? {
        let (status, output) = run(arguments)
        return status == 0 ? output.split(separator: "\n").first.map(String.init) : nil
    }

    /// The exit status, nil when git could not be started, was killed or took too long, and all it printed.
    func run(_ arguments: String...) -> (status: Int32?, output: String) { run(arguments) }

    /// Whether there is a branch called `name`, whatever it points to: its object may be missing.
    func hasBranch(_ name: String) -> Bool {
        let reference = "refs/heads/\(name)"
        // A pattern, which the name of no branch can be, or the beginning of other names.
        let (status, output) = run("for-each-ref", "--format=%(refname)", reference)
        return status == 0
            && output.utf8.split(separator: UInt8(ascii: "\n")).contains { $0.elementsEqual(reference.utf8) }
    }

    private func run(_ arguments: [String]) -> (status: Int32?, output: String) {
        program.run(["git"] + Self.precautions + ["-C", folder] + arguments, until: deadline)
    }
}
