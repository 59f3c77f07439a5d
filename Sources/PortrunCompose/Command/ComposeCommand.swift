import PortrunBase

/// A command line that runs compose, taken apart as far as it says which project it addresses.
package struct ComposeCommand: Sendable, Equatable {
    package let tool: ComposeTool
    /// The command line; the first is the program.
    let words: [String]
    /// `-f`, in order.
    package private(set) var files: [String] = []
    /// `--profile`.
    package private(set) var profiles: [String] = []
    /// `--env-file`.
    package private(set) var envFiles: [String] = []
    /// `--project-directory`.
    package private(set) var projectDirectory: String?
    /// `-p`.
    package private(set) var projectName: String?
    /// `up`, `down`, …; nil when flags alone follow.
    package private(set) var subcommand: String?
    /// Where in the words further flags of compose, such as `-f`, can be put in.
    ///
    /// They come after all that are there, so that a file put in is merged last.
    package private(set) var flagsEnd: Int
    /// The end of the words that name the program: `docker --context x compose`.
    package private(set) var programEnd = 1
    /// Which words are `-f` and what belongs to it, in order.
    private(set) var fileArguments: [Range<Int>] = []

    /// The compose command in `words`, whose first is the program; nil when they run something else.
    ///
    /// Only the program's last name counts. Flags of `docker` itself may stand before `compose`, and the flags of
    /// compose end at its subcommand: the `-f` of `logs -f` is another.
    package init?(_ words: [String]) {
        guard let program = words.first, let tool = ComposeTool(rawValue: Path.lastName(program)) else {
            return nil
        }
        self.tool = tool
        self.words = words
        flagsEnd = 1
        if !tool.isComposeItself {
            skipFlags(valued: tool.engineFlags)
            guard flagsEnd < words.count, words[flagsEnd] == "compose" else { return nil }
            flagsEnd += 1
            programEnd = flagsEnd
        }
        skipFlags(valued: tool.composeFlags)
        if flagsEnd < words.count { subcommand = words[flagsEnd] }
    }

    /// The project that the command addresses when it runs there.
    package func request(workingDirectory: String, environment: Environment) -> ComposeRequest {
        ComposeRequest(
            workingDirectory: workingDirectory, files: files, profiles: profiles, envFiles: envFiles,
            projectDirectory: projectDirectory, projectName: projectName, environment: environment)
    }

    /// Moves `flagsEnd` behind every flag, those in `valued` with the value that follows them.
    private mutating func skipFlags(valued: Set<String>) {
        while flagsEnd < words.count, words[flagsEnd].hasPrefix("-"), words[flagsEnd] != "-" {
            let word = words[flagsEnd]
            let start = flagsEnd
            flagsEnd += 1
            if word == "--" { return }
            let (name, attached) = Self.split(word, valued: valued)
            var value = attached
            if value == nil, valued.contains(name) {
                value = flagsEnd < words.count ? words[flagsEnd] : nil
                flagsEnd = min(flagsEnd + 1, words.count)
            }
            guard let value else { continue }
            take(name, value)
            if name == "-f" || name == "--file" { fileArguments.append(start..<flagsEnd) }
        }
    }

    private mutating func take(_ flag: String, _ value: String) {
        switch flag {
        case "-f", "--file": files.append(value)
        case "--profile": profiles.append(value)
        case "--env-file": envFiles.append(value)
        case "--project-directory", "--workdir": projectDirectory = value
        case "-p", "--project-name": projectName = value
        default: break
        }
    }

    /// `--name=value`, `-nvalue`, `-n=value`, or several letters in one of which the last may take a value.
    static func split(_ argument: String, valued: Set<String>) -> (name: String, value: String?) {
        if argument.hasPrefix("--") {
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(parts[0]), parts.count > 1 ? String(parts[1]) : nil)
        }
        var letters = argument.dropFirst()
        while let letter = letters.popFirst() {
            let name = "-\(letter)"
            guard valued.contains(name) else { continue }
            if letters.first == "=" { letters.removeFirst() }
            return (name, letters.isEmpty ? nil : String(letters))
        }
        return (argument, nil)
    }
}
