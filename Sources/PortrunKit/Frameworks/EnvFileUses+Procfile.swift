import PortrunBase

/// What the runners of Procfiles read by themselves.
extension EnvFileUses {
    /// Notes the runner's env files, and reads the lines of its Procfile, or the command that it runs.
    mutating func readProcesses(of runner: ProcfileRunner, _ arguments: ArraySlice<ScriptWord>, in folder: String) {
        let command = ProcfileCommand(runner, arguments)
        guard let call = command ?? ProcfileCommand(runner, arguments, startingWith: ["run", "r"]) else { return }
        let root = Path.absolute(call.root ?? ".", in: folder)
        // foreman's are seen from where it is, the usual one from the processes' folder; overmind's from where it is.
        let start = runner == .overmind || (runner == .foreman && call.envFiles != nil) ? folder : root
        for name in call.envFiles ?? runner.usualEnvFiles {
            note(name, isOverriding: runner.envFilesWin, in: start)
        }
        guard command != nil else {
            if let place = call.start {
                read(arguments[(place + 1)...].skippingFlags(valued: ["-e", "--env"]), in: folder)
            }
            return
        }
        guard let file = Procfile(call, arguments, .typed, in: folder, Environment(), look) else { return }
        reading(file.path) { uses in
            for process in file.processes { uses.read(process.line, in: file.root) }
        }
    }
}
