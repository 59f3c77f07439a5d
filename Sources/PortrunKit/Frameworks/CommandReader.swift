import PortrunBase

/// Finds the servers in a command line, through the runners and scripts around them.
struct CommandReader {
    var calls: [FrameworkCall] = []
    var isParallel = false
    /// The command is a script for the shell in a file.
    var isShellFile = false
    var debugPorts: [DebugPort] = []
    var userChange: UserChange?
    /// The Procfile that the user's words name.
    var procfile: Procfile?
    /// Its process whose line is read.
    var process: ReadProcess?
    private var depth = 0
    let setsPort: Bool
    var environment: Environment
    let packages: Packages
    /// The file whose script is read; empty for what the user has typed.
    var source: String
    /// The script that is read; nil outside of one.
    var place: ScriptPlace?
    /// A script in a file is read, of which only the processes of a Procfile count.
    var isInShellFile = false
    /// There, a runner that is not in `PATH` is none.
    var wantsInstalled = false
    /// How many Procfiles were read.
    var procfileCount = 0

    var look: Look { packages.look }

    init(setsPort: Bool, _ environment: Environment, _ packages: Packages, source: String) {
        self.setsPort = setsPort
        self.environment = environment
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
        /// Words go into the line of a Procfile's process, `at` bytes from its start.
        case line(at: Int, behind: [String])
        case closed
    }

    /// False for nearly every program.
    static func isWorthReading(_ name: String) -> Bool {
        Runner(program: name) != nil || ScriptPort.runs(name) || FrameworkTable.knows(name)
            || DebugPort.isOpened(by: name)
    }

    /// Reads one command: `words` up to their end.
    mutating func read(_ words: ArraySlice<ScriptWord>, in folder: String, by way: Way, _ assigned: Port? = nil) {
        var (words, assigned) = (words, assigned)
        if way != .typed {
            while let word = words.first, word.opensCommand { words = words.dropFirst() }
            Self.dropAssignments(&words, &assigned)
        }
        guard let program = words.first, depth < Self.depthLimit, look.spend(1, of: .commands, in: source)
        else { return }
        let name = Path.lastName(program.text)
        if let change = UserChange(named: name) { userChange = change }
        let arguments = words.dropFirst()
        let runner = Runner(program: name)
        if runner.map(\.hasDebugger) ?? true, isRead { addDebugPorts(of: name, arguments, by: way) }
        guard let runner else {
            return add(program.text, arguments, in: folder, by: way, assigned)
        }
        depth += 1
        defer { depth -= 1 }
        switch runner.reading(arguments) {
        case .command(let command): read(command, in: folder, by: way, assigned)
        case .assigned(var command):
            Self.dropAssignments(&command, &assigned)
            read(command, in: folder, by: way, assigned)
        case .program(let name, let arguments):
            // `python -m honcho`
            if case .procfile(let runner)? = Runner(program: name) {
                readProcesses(of: runner, arguments, in: folder, by: way)
            } else {
                add(name, arguments, in: folder, by: way, assigned)
            }
        case .packages: readPackages(name, arguments, in: folder, by: way, assigned)
        case .together(let together): if isRead { readTogether(together, in: folder) }
        case .processes(let runner): readProcesses(of: runner, arguments, in: folder, by: way)
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
    mutating func read(
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
            if command.first?.text == "unset", command.contains(where: { $0.text == "PORT" }) { process?.port = nil }
            let isLast = index == script.commands.count - 1 && script.endsWithCommand
            var own = isLast ? way : .closed
            if let word { own = .inserted(word: word, at: script.ends[index], behind: []) }
            if case .line(_, let behind) = way { own = .line(at: script.ends[index], behind: behind) }
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
                for member in packages.members(of: manifest, chosen: selectors) {
                    readScript(name, of: member, adding: [], by: .closed)
                }
            }
        }
    }

    /// Reads a script of a package; false when it has none of that name.
    @discardableResult
    mutating func readScript(
        _ name: String, of manifest: PackageManifest, adding words: [ScriptWord], by way: Way
    ) -> Bool {
        guard let text = manifest.command(of: name) else { return false }
        let before = (source, place)
        source = manifest.path
        place = ScriptPlace(file: manifest.path, name: name, text: text)
        read(text, adding: words, in: manifest.folder, by: way)
        (source, place) = before
        return true
    }

    /// Takes the variables away that stand before a command; a `PORT` among them hides ours from it.
    private static func dropAssignments(_ words: inout ArraySlice<ScriptWord>, _ assigned: inout Port?) {
        while let word = words.first, let separator = word.text.firstIndex(of: "="),
            Environment.isIdentifier(String(word.text[..<separator]))
        {
            if word.isLiteral, let value = word.text.rest(after: "PORT=") { assigned = Port(value) }
            words = words.dropFirst()
        }
    }

    /// False for what a script in a file runs besides a Procfile's processes.
    var isRead: Bool { !isInShellFile || process != nil }

    /// Notes a server, when the program is one.
    private mutating func add(
        _ program: String, _ arguments: ArraySlice<ScriptWord>, in folder: String, by way: Way, _ assigned: Port?
    ) {
        guard isRead else { return }
        guard let (known, size) = FrameworkTable.find(Path.lastName(program), arguments) else {
            return addScript(program, arguments, in: folder, by: way, assigned)
        }
        var framework = known
        let rest = arguments.dropFirst(size)
        guard !framework.isRefused(by: rest), look.spend(1, of: .servers, in: source) else { return }
        let given = framework.given(in: rest)
        // What ignores `PORT` has its own, whatever that is.
        let assigned = framework.readsPort ? assigned : nil
        let ofRunner = framework.readsPort ? process?.port : nil
        var configured: ConfiguredPort?
        if given == nil, assigned == nil, ofRunner == nil, let source = framework.configuration {
            let file = rest.literal(behind: source.flags)
            switch ConfiguredPort.look(for: source, in: folder, file: file, look) {
            case .none: break
            case .port(let port):
                configured = port
                framework.tell(as: port.told)
            // It has none that could be claimed for it.
            case .unreadable: return
            }
        }
        var port = assigned ?? ofRunner ?? configured?.port ?? framework.port
        var route = FrameworkCall.Route.none
        if let given {
            port = given.port ?? framework.port
            if case .line = way {
                let isRunners = process?.port != nil && !given.word.text.uses(of: "PORT").isEmpty
                if isRunners { port = process?.port }
                route = isRunners ? .linePort : given.port == nil ? .fixed : .lineNumber
            } else if !given.word.isTyped, given.word.isLiteral {
                route =
                    given.port == nil
                    ? .fixed : framework.lastWins ? way.route(framework, rest, ownsPort: true) : framework.hidden
                // A flag beats the variable.
                if route == .variable { route = .fixed }
            }
        } else if way == .closed || isParallel || assigned != nil || !setsPort || !framework.readsPort {
            route = way.route(framework, rest, ownsPort: isParallel || assigned != nil)
        }
        if given == nil, framework.readsPort, let told = routeInLine(by: way, assigned) { route = told }
        let literals = arguments.prefix { $0.isLiteral }.map(\.text)
        var call = FrameworkCall(
            framework: framework, folder: folder, port: port, configured: configured, route: route,
            arguments: literals)
        call.isTyped = given?.port != nil && given?.word.isTyped == true
        if given?.port != nil, !call.isTyped { call.place = place }
        add(call)
    }

    /// How a server that reads `PORT` is told it in a Procfile's line; nil outside of one.
    func routeInLine(by way: Way, _ assigned: Port?) -> FrameworkCall.Route? {
        guard procfile != nil, let process else { return nil }
        if assigned != nil {
            if case .line = way { return .lineNumber }
            return nil
        }
        return process.port == nil ? nil : .linePort
    }

    /// Notes a server.
    mutating func add(_ call: FrameworkCall) {
        var call = call
        if let process {
            (call.process, call.processName) = (process.index, process.name)
            if let port = call.port, call.configured == nil {
                call.configured = ConfiguredPort(Int(port.number), process.file, line: process.line)
            }
        }
        calls.append(call)
    }
}
