import PortrunBase

extension CommandReader {
    /// Notes a script of the project's own that reads `PORT` and has a number for when nobody sets it.
    mutating func addScript(
        _ program: String, _ arguments: ArraySlice<ScriptWord>, in folder: String, by way: Way, _ assigned: Port?
    ) {
        guard isRead else { return }
        // A project may wrap an interpreter in a script of that name.
        if !ScriptPort.runs(Path.lastName(program)), let file = ShellFile(program, arguments, in: folder, look) {
            // `./mvnw` is a tool's, whatever it is written in.
            isShellFile = !FrameworkTable.knows(Path.lastName(program))
            if StartedScripts.haveSeveralPorts(in: file.path, runningIn: folder, look) { isParallel = true }
            return readProcesses(of: file, in: folder, by: way)
        }
        guard let (file, rest) = ScriptPort.call(of: program, arguments, in: folder),
            look.spend(1, of: .servers, in: source)
        else { return }
        if process == nil, assigned == nil, let flag = ScriptFlag(in: rest),
            !ProgramCall([ScriptWord(text: program)] + arguments).bindsNothing, ScriptFlag.mayServe(file, look)
        {
            return add(told: flag, file, rest, in: folder)
        }
        let framework = Framework(script: file)
        if let port = assigned ?? process?.port, let route = routeInLine(by: way, assigned) {
            guard ScriptPort.mentionsPort(file, look) else { return }
            return add(
                FrameworkCall(
                    framework: framework, folder: folder, port: port, configured: nil, route: route, arguments: [],
                    script: file))
        }
        let found = ScriptPort.find(in: file, look)
        guard found != nil || ScriptPort.needsPort(file, look) else {
            if StartedScripts.haveSeveralPorts(in: file, runningIn: folder, look) { isParallel = true }
            return
        }
        let ownsPort = isParallel || assigned != nil
        let route =
            way == .closed || ownsPort || !setsPort ? way.route(framework, arguments, ownsPort: ownsPort) : .none
        add(
            FrameworkCall(
                framework: framework, folder: folder, port: assigned ?? found?.port, configured: found, route: route,
                arguments: [], script: file))
    }

    /// Notes a script that a flag tells its port.
    private mutating func add(
        told flag: ScriptFlag, _ file: String, _ arguments: ArraySlice<ScriptWord>, in folder: String
    ) {
        let framework = Framework(script: file, flag)
        let literals = arguments.prefix { $0.isLiteral }
        var call = FrameworkCall(
            framework: framework, folder: folder, port: flag.port, configured: nil,
            route: flag.word.isTyped ? .none : framework.hidden, arguments: literals.map(\.text), script: file)
        call.isTyped = flag.word.isTyped
        call.isGuess = true
        call.place = flag.word.isTyped ? nil : place
        add(call)
    }
}

extension Framework {
    /// A script of the project's own that a flag tells its port.
    fileprivate init(script file: String, _ flag: ScriptFlag) {
        let plain = Framework(script: file)
        self.init(
            name: plain.name, programs: [], command: plain.command, injection: flag.injection,
            spellings: ScriptFlag.spellings, port: nil, isNode: plain.isNode, source: file)
    }

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
