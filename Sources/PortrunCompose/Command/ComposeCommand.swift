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
    package var projectName: String? { project?.text }
    /// `-p`, and where it stands.
    private(set) var project: CommandWord?
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
        guard let tool = ComposeTool(running: words) else { return nil }
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
    private mutating func skipFlags(valued: [String]) {
        var flags = CommandFlags(words, from: flagsEnd) { valued.contains($0) }
        while let flag = flags.next() {
            if let value = flag.value {
                take(flag.name, value)
                if flag.name == "-f" || flag.name == "--file" { fileArguments.append(flagsEnd..<flags.position) }
            }
            flagsEnd = flags.position
        }
        flagsEnd = flags.position
    }

    private mutating func take(_ flag: String, _ value: CommandWord) {
        switch flag {
        case "-f", "--file": files.append(value.text)
        case "--profile": profiles.append(value.text)
        case "--env-file": envFiles.append(value.text)
        case "--project-directory", "--workdir": projectDirectory = value.text
        case "-p", "--project-name": project = value
        default: break
        }
    }

    /// `--name=value`, `-nvalue`, `-n=value`, or several letters in one of which the last may take a value.
    static func split(_ argument: String, valued: [String]) -> (name: String, value: String?) {
        if argument.hasPrefix("--") {
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(parts[0]), parts.count > 1 ? String(parts[1]) : nil)
        }
        var letters = argument.unicodeScalars.dropFirst()
        while let letter = letters.popFirst() {
            let name = "-\(letter)"
            guard valued.contains(name) else { continue }
            if letters.first == "=" { letters.removeFirst() }
            return (name, letters.isEmpty ? nil : String(letters))
        }
        return (argument, nil)
    }
}
