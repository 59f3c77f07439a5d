import PortrunBase

/// Finds the servers in a command line, through the runners and scripts around them.
struct CommandReader {
    fileprivate(set) var calls: [FrameworkCall] = []
    fileprivate(set) var isParallel = false
    private var depth = 0
    fileprivate let setsPort: Bool
    let packages: Packages
    /// The file whose script is read; empty for what the user has typed.
    fileprivate var source: String

    private var look: Look { packages.look }

    init(setsPort: Bool, _ packages: Packages, source: String) {
        self.setsPort = setsPort
        self.source = source
        self.packages = packages
    }

    /// Scripts that call one another endlessly end here.
    private static let depthLimit = 8

    /// How further words reach a command.
    enum Way: Equatable {
        /// The user has typed the command: words can go anywhere.
        case typed
        /// Words go after all `at` words that the user has typed, and after the words `behind`.
        case appended(at: Int, behind: [String])
        /// Words go into a word that the user has typed, the text of `sh -c`, `at` bytes from its start.
        case inserted(word: Int, at: Int, behind: [String])
        case closed
    }

    /// False for nearly every program.
    static func isWorthReading(_ name: String) -> Bool {
        Runner(program: name) != nil || ScriptPort.runs(name) || FrameworkTable.knows(name)
    }

    /// Reads one command: `words` up to their end.
    mutating func read(_ words: ArraySlice<ScriptWord>, in folder: String, by way: Way, _ assigned: Port? = nil) {
        var (words, assigned) = (words, assigned)
        if way != .typed {
            while let word = words.first, Self.openings.contains(word.text) { words = words.dropFirst() }
            Self.dropAssignments(&words, &assigned)
        }
        guard let program = words.first, depth < Self.depthLimit, look.spend(1, of: .commands, in: source)
        else { return }
        let name = Path.lastName(program.text)
        let arguments = words.dropFirst()
        guard let runner = Runner(program: name) else {
            return add(program.text, arguments, in: folder, by: way, assigned)
        }
        depth += 1
        defer { depth -= 1 }
        switch runner.reading(arguments) {
        case .command(let command): read(command, in: folder, by: way, assigned)
        case .assigned(var command):
            Self.dropAssignments(&command, &assigned)
            read(command, in: folder, by: way, assigned)
        case .program(let name, let arguments): add(name, arguments, in: folder, by: way, assigned)
        case .packages: readPackages(name, arguments, in: folder, by: way, assigned)
        case .together(let together): readTogether(together, in: folder)
        case .text(let place):
            let text = arguments[place].text
            // Words must not get into what is no command.
            let isOpen = way == .typed && !text.contains("<<")
            read(text, adding: [], in: folder, by: .closed, inText: isOpen ? place : nil)
        case .nothing: addScript(program.text, arguments, in: folder, by: way, assigned)
        }
    }

    /// Reads the line of a script, with what has been put behind it.
    ///
    /// - Parameter word: where the line stands among the words that the user has typed, so that words can be put into
    ///   it; nil where it does not.
    private mutating func read(
        _ line: String, adding words: [ScriptWord], in folder: String, by way: Way, inText word: Int? = nil
    ) {
        guard look.spend(line.utf8.count / 1024, of: .commands, in: source) else { return }
        let script = ShellScript(line)
        if script.isParallel { isParallel = true }
        var folder = folder
        for (index, command) in script.commands.enumerated() where look.end == nil {
            if command.count == 2, command[0].text == "cd", command[1].isLiteral {
                folder = Path.absolute(command[1].text, in: folder)
                continue
            }
            let isLast = index == script.commands.count - 1 && script.endsWithCommand
            var own = isLast ? way : .closed
            if let word { own = .inserted(word: word, at: script.ends[index], behind: []) }
            read((isLast ? command + words : command)[...], in: folder, by: own)
        }
    }

    /// Reads programs that run at the same time, none of which can be given words.
    private mutating func readTogether(_ lines: [Runner.Line], in folder: String) {
        isParallel = true
        let manifest = packages.nearest(to: folder)
        for line in lines where look.end == nil {
            switch line {
            case .shell(let text): read(text, adding: [], in: folder, by: .closed)
            case .script(let pattern):
                guard let manifest else { continue }
                for name in manifest.scriptNames(matching: pattern, look) {
                    readScript(name, of: manifest, adding: [], by: .closed)
                }
            case .everywhere(let name, let selectors):
                guard let manifest else { continue }
                let chosen =
                    selectors.isEmpty
                    ? packages.members(of: manifest) : selectors.compactMap { packages.member($0, of: manifest) }
                for member in chosen { readScript(name, of: member, adding: [], by: .closed) }
            }
        }
    }

    /// Reads a script of a package; false when it has none of that name.
    @discardableResult
    mutating func readScript(
        _ name: String, of manifest: PackageManifest, adding words: [ScriptWord], by way: Way
    ) -> Bool {
        guard let text = manifest.script(name) else { return false }
        let before = source
        source = manifest.path
        read(text, adding: words, in: manifest.folder, by: way)
        source = before
        return true
    }

    /// Words of the shell before a command.
    private static let openings = ["if", "then", "else", "elif", "while", "until", "do", "!", "{", "time"]

    /// Takes the variables away that stand before a command; a `PORT` among them hides ours from it.
    private static func dropAssignments(_ words: inout ArraySlice<ScriptWord>, _ assigned: inout Port?) {
        while let word = words.first, let separator = word.text.firstIndex(of: "="),
            Environment.isIdentifier(String(word.text[..<separator]))
        {
            if word.isLiteral, let value = word.text.rest(after: "PORT=") { assigned = Port(value) }
            words = words.dropFirst()
        }
    }

    /// Notes a server, when the program is one.
    private mutating func add(
        _ program: String, _ arguments: ArraySlice<ScriptWord>, in folder: String, by way: Way, _ assigned: Port?
    ) {
        guard let (framework, size) = FrameworkTable.find(Path.lastName(program), arguments) else {
            return addScript(program, arguments, in: folder, by: way, assigned)
        }
        let rest = arguments.dropFirst(size)
        guard !framework.isRefused(by: rest), look.spend(1, of: .servers, in: source) else { return }
        let given = framework.given(in: rest)
        let configured =
            given == nil && assigned == nil
            ? framework.configuration.flatMap { ConfiguredPort.find($0, in: folder, look) } : nil
        var port = assigned ?? configured?.port ?? framework.port
        var route = FrameworkCall.Route.none
        if let given {
            port = given.port ?? framework.port
            if !given.word.isTyped, given.word.isLiteral {
                route =
                    given.port == nil
                    ? .fixed : framework.lastWins ? way.route(framework, rest, ownsPort: true) : framework.hidden
                // A flag beats the variable.
                if route == .variable { route = .fixed }
            }
        } else if way == .closed || isParallel || assigned != nil || !setsPort || !framework.readsPort {
            route = way.route(framework, rest, ownsPort: isParallel || assigned != nil)
        }
        let literals = arguments.prefix { $0.isLiteral }.map(\.text)
        calls.append(
            FrameworkCall(
                framework: framework, folder: folder, port: port, configured: configured, route: route,
                arguments: literals))
    }
}

extension CommandReader {
    /// Notes a script of the project's own that reads `PORT` and has a number for when nobody sets it.
    private mutating func addScript(
        _ program: String, _ arguments: ArraySlice<ScriptWord>, in folder: String, by way: Way, _ assigned: Port?
    ) {
        guard let file = ScriptPort.file(of: program, arguments, in: folder),
            let found = ScriptPort.find(in: file, look), look.spend(1, of: .servers, in: source)
        else { return }
        let framework = Framework(script: file)
        let ownsPort = isParallel || assigned != nil
        let route =
            way == .closed || ownsPort || !setsPort ? way.route(framework, arguments, ownsPort: ownsPort) : .none
        calls.append(
            FrameworkCall(
                framework: framework, folder: folder, port: assigned ?? found.port, configured: found, route: route,
                arguments: [], script: file))
    }
}

extension Framework {
    /// A script of the project's own, called after its file or, where that is called as all are, its folder.
    fileprivate init(script file: String) {
        let (folder, name) = (Path.lastName(Path.parent(file)), Path.lastName(file))
        let stem = name.split(separator: ".").first.map(String.init) ?? name
        let isCommon = ["index", "server", "main", "app", "dev", "start", "src", "dist"].contains(stem)
        let text = isCommon ? folder : stem
        self.init(
            name: ServiceName(text) == nil ? "web" : text, programs: [], command: .allBut([]),
            injection: .variable(nil), spellings: [], port: nil, readsPort: true,
            isNode: !file.hasSuffix(".py") && !file.hasSuffix(".rb") && !file.hasSuffix(".php"), source: file)
    }
}

extension Framework {
    /// By the preload, where there is a node to load it, else by a variable that it has.
    fileprivate var hidden: FrameworkCall.Route { isNode ? .preload : environment == nil ? .fixed : .variable }
}

extension CommandReader.Way {
    /// The way for the words that tell `framework` its port into `arguments`, the words after its command.
    ///
    /// - Parameter ownsPort: the server has a port of its own, and the one in `PORT` is another's.
    fileprivate func route(
        _ framework: Framework, _ arguments: ArraySlice<ScriptWord>, ownsPort: Bool
    ) -> FrameworkCall.Route {
        if case .variable = framework.injection { return framework.isNode && ownsPort ? .preload : .none }
        let terminator = arguments.firstIndex { $0.text == "--" }
        var behind: [String] = []
        if case .url = framework.injection { behind = terminator == nil ? ["--"] : [] }
        switch self {
        case .closed: return framework.hidden
        case .appended, .inserted:
            let isBarred = framework.needsFlagsFirst || (terminator != nil && framework.injection.isFlag)
            if isBarred { return framework.hidden }
            if case .inserted(let word, let end, let before) = self {
                return .text(word: word, at: end, behind: before + behind)
            }
            guard case .appended(let end, let before) = self else { return framework.hidden }
            return .words(at: end, behind: before + behind)
        case .typed:
            if framework.needsFlagsFirst { return .words(at: arguments.startIndex, behind: []) }
            let end = framework.injection.isFlag ? terminator ?? arguments.endIndex : arguments.endIndex
            return .words(at: end, behind: behind)
        }
    }
}

extension Framework.Injection {
    /// It has to stand before a `--`.
    fileprivate var isFlag: Bool {
        switch self {
        case .flag, .joined, .address, .positional: true
        case .url, .variable: false
        }
    }
}
