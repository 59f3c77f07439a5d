import PortrunBase

extension CommandReader {
    /// A process of a Procfile whose line is read.
    struct ReadProcess {
        let index: Int
        let name: String
        /// Where its line stands.
        let file: String
        let line: Int
        /// The `PORT` that its command has; nil for none.
        var port: Port?
    }

    /// Reads the lines of a Procfile, whose processes run at the same time.
    ///
    /// They can be told something where the user's own words name the Procfile, or words can be put behind those that
    /// do, so that another can be put in its place.
    mutating func readProcesses(
        of runner: ProcfileRunner, _ arguments: ArraySlice<ScriptWord>, in folder: String, by way: Way
    ) {
        guard process == nil, let command = ProcfileCommand(runner, arguments) else { return }
        if isInShellFile, wantsInstalled, !isInstalled(runner) { return }
        var words: Procfile.Words?
        switch way {
        case .typed: words = .typed
        case .appended(let end, let behind) where runner.takesLastFlag: words = .appended(at: end, behind: behind)
        case .appended, .inserted, .line, .closed: break
        }
        guard let file = Procfile(command, arguments, words ?? .typed, in: folder, environment, look) else { return }
        isParallel = true
        procfileCount += 1
        if words != nil { procfile = file }
        for (index, process) in file.processes.enumerated() where look.end == nil {
            self.process = ReadProcess(
                index: index, name: process.name, file: file.path, line: process.number, port: process.port)
            let known = calls.count
            read(process.line, adding: [], in: file.root, by: words == nil ? .closed : .line(at: 0, behind: []))
            if calls.count == known { addUnknown(process, of: file, isTold: words != nil) }
            self.process = nil
        }
        // A number that is another process's is the address of that.
        calls = calls.enumerated().filter { index, call in
            call.route != .lineNumber || !call.isUnknown
                || !calls.enumerated().contains { $0 != index && $1.port == call.port && !($1.isUnknown && $0 > index) }
        }.map(\.element)
    }

    private func isInstalled(_ runner: ProcfileRunner) -> Bool {
        SearchPath(environment).absolute.candidates(for: Array(runner.rawValue.utf8)).contains {
            FileSystem.isExecutable($0)
        }
    }

    /// Notes what a line says of the ports of a program that nobody knows: its `PORT`, which the process `web` has by
    /// convention, or numbers.
    private mutating func addUnknown(_ process: Procfile.Process, of file: Procfile, isTold: Bool) {
        let words = ShellScript(process.line).commands.map { ProgramCall($0) }
        if let port = self.process?.port,
            !process.line.uses(of: "PORT").isEmpty || (process.name == "web" && !words.contains { $0.bindsNothing })
        {
            return add(Framework(process: process.name, file.path).call(on: port, .linePort, in: file, isTold: isTold))
        }
        // What it listens on comes before what it connects to; the number of a database is one to connect to.
        if let found = CommandLinePorts(process.line).found.first(where: { !Self.isOfDatabase($0.port) }) {
            add(Framework(process: process.name, file.path).call(on: found.port, .lineNumber, in: file, isTold: isTold))
        }
    }
}

extension CommandReader {
    /// The number that a database or a queue has by itself: programs of the project have others.
    fileprivate static func isOfDatabase(_ port: Port) -> Bool {
        ServiceKind.allCases.contains { kind in
            kind != .web && kind != .other && kind != .debug && kind.defaultRange.first == port
        }
    }
}

extension FrameworkCall {
    /// Nothing but its line in a Procfile is known of it.
    var isUnknown: Bool { process != nil && framework.programs.isEmpty && script == nil }
}

extension Framework {
    /// The server of a process, of which nothing but its line is known.
    fileprivate init(process name: String, _ file: String) {
        self.init(
            name: ServiceName(name) == nil ? "web" : name, programs: [], command: .allBut([]),
            injection: .variable(nil),
            spellings: [], port: nil, source: file)
    }

    fileprivate func call(
        on port: Port, _ route: FrameworkCall.Route, in file: Procfile, isTold: Bool
    ) -> FrameworkCall {
        FrameworkCall(
            framework: self, folder: file.root, port: port, configured: nil, route: isTold ? route : .fixed,
            arguments: [])
    }
}
