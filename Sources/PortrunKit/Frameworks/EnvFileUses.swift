import PortrunBase

/// The env files that a command reads by itself, as far as its words, makefiles and scripts say.
struct EnvFileUses {
    var all: [EnvFileUse] = []
    /// Those of the packages in which scripts run.
    private(set) var folders: [String] = []
    private let packages: Packages
    /// The file whose text is read; nil for what the user has typed.
    var source: String?
    /// The files of recipes that were read: they call themselves for other targets.
    var recipeFiles: [String] = []
    private var depth = 0

    private static let depthLimit = 6

    var look: Look { packages.look }

    /// - Parameter folder: where the command runs.
    /// - Returns: nil for nearly all programs, which run nothing else that could be read.
    init?(_ words: [String], in folder: String) {
        guard let program = words.first,
            Runner(program: Path.lastName(program)) != nil || ScriptPort.runs(Path.lastName(program))
                || RecipeFile(program: Path.lastName(program)) != nil
                || ShellFile.mayBe(program, in: folder)
        else { return nil }
        // A look of its own: a long makefile is no reason to leave out the rest of the project.
        packages = Packages(Look(.ofPrompt))
        read(words.map { ScriptWord(text: $0) }[...], in: folder)
    }

    /// Reads one command, through the runners and scripts around what it runs.
    mutating func read(_ command: ArraySlice<ScriptWord>, in folder: String) {
        guard depth < Self.depthLimit, look.spend(1, of: .commands, in: source ?? "") else { return }
        depth += 1
        defer { depth -= 1 }
        var words = command
        while let word = words.first, word.opensCommand || Self.isAssignment(word) {
            note(in: word, folder)
            words = words.dropFirst()
        }
        guard let program = words.first else { return }
        let name = Path.lastName(program.text)
        let arguments = words.dropFirst()
        let runner = Runner(program: name)
        note(name, arguments, in: folder)
        if let file = RecipeFile(program: name) ?? RecipeFile(variable: program.text) {
            return readRecipes(file, arguments, in: folder)
        }
        switch runner?.reading(arguments) {
        case .command(let inner), .assigned(let inner): read(inner, in: folder)
        case .processes(let runner): readProcesses(of: runner, arguments, in: folder)
        // `python -m honcho`
        case .program(let module, let rest):
            if case .procfile(let runner)? = Runner(program: module) { readProcesses(of: runner, rest, in: folder) }
        case .packages: readScripts(name, arguments, in: folder)
        case .together(let lines): for line in lines { read(line, in: folder) }
        case .text(let place): read(arguments[place].text, in: folder)
        case .nothing, nil:
            if let script = ScriptPort.file(of: program.text, arguments, in: folder) { readProgram(script, in: folder) }
            if let file = ShellFile(program.text, arguments, in: folder, look) { read(file, in: folder) }
        }
    }

    /// Reads a script that runs in `folder`.
    mutating func read(_ file: ShellFile, in folder: String) {
        reading(file.path) { $0.read(file.script, in: folder) }
    }

    /// Does what `body` does while `path` is the file that is read.
    mutating func reading(_ path: String, _ body: (inout Self) -> Void) {
        let before = source
        source = path
        body(&self)
        source = before
    }

    /// Notes the usual file where a program has a library let it win: `load_dotenv(override=True)`, `Dotenv.overload`,
    /// `config({ override: true })`.
    private mutating func readProgram(_ script: String, in folder: String) {
        guard let bytes = ConfiguredPort.read(script, look) else { return }
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.contains("dotenv") || text.contains("Dotenv"),
            ["override=True", "override: true", "override:true", ".overload"].contains(where: text.contains)
        else { return }
        note(".env", isOverriding: true, in: folder)
    }

    mutating func read(_ text: String, in folder: String) {
        guard look.goesOn(after: text.utf8.count / 16, in: source ?? "") else { return }
        read(ShellScript(text), in: folder)
    }

    private mutating func read(_ script: ShellScript, in folder: String) {
        var folder = folder
        for input in script.inputs {
            note(input.text, isOverriding: true, in: folder)
            note(in: input, folder, isSourced: true)
        }
        for command in script.commands where look.end == nil {
            if command.count == 2, command[0].text == "cd", command[1].isLiteral {
                folder = Path.absolute(command[1].text, in: folder)
            } else {
                read(command[...], in: folder)
            }
        }
    }

    private mutating func read(_ line: Runner.Line, in folder: String) {
        switch line {
        case .shell(let text): read(text, in: folder)
        case .script(let pattern):
            guard let manifest = packages.nearest(to: folder) else { return }
            for name in manifest.scriptNames(matching: pattern, look) { read(name, of: manifest) }
        case .everywhere(let name, let selectors):
            guard let manifest = packages.nearest(to: folder) else { return }
            for member in packages.members(of: manifest, chosen: selectors) where member.script(name) != nil {
                if !folders.contains(member.folder) { folders.append(member.folder) }
                read(name, of: member)
            }
        }
    }

    /// Reads the scripts that a package manager's words name, or the program.
    private mutating func readScripts(_ manager: String, _ arguments: ArraySlice<ScriptWord>, in folder: String) {
        var call = PackageCall(isNPM: manager == "npm", folder: folder, words: arguments)
        call.skipFlags(of: manager)
        let words = call.words
        guard var name = words.first?.text else { return }
        if ["npx", "pnpx", "bunx"].contains(manager) || ["exec", "x", "dlx"].contains(name) {
            return read((manager.hasSuffix("x") ? words : words.dropFirst()).skippingFlags(valued: []), in: call.folder)
        }
        call.words = words.dropFirst()
        if ["run", "run-script", "workspace"].contains(name) {
            let isWorkspace = name == "workspace"
            call.skipFlags(of: manager)
            if isWorkspace, let selector = call.words.first?.text {
                call.selectors.append(selector)
                call.words = call.words.dropFirst()
            }
            name = call.words.first?.text ?? ""
            call.words = call.words.dropFirst()
        } else if name == "t" {
            name = "test"
        }
        // npm takes flags behind the script's name as well.
        call.skipFlags(of: manager)
        guard let nearest = packages.nearest(to: call.folder) else { return }
        let isNarrowed = call.isEverywhere || !call.selectors.isEmpty
        for manifest in isNarrowed ? packages.members(of: nearest, chosen: call.selectors) : [nearest] {
            if manifest.script(name) != nil, !folders.contains(manifest.folder) { folders.append(manifest.folder) }
            if manifest.script(name) == nil, !call.isNPM { read(words, in: manifest.folder) }
            for script in ["pre" + name, name, "post" + name] { read(script, of: manifest) }
        }
    }

    private mutating func read(_ script: String, of manifest: PackageManifest) {
        guard let text = manifest.command(of: script) else { return }
        reading(manifest.path) { $0.read(text, in: manifest.folder) }
    }
}
