import PortrunBase

extension ComposeCommand {
    /// The project's whole configuration, changed by `override`, which stands in the place of its files; nil when the
    /// program is not there.
    ///
    /// The program itself is asked for the configuration, as the command would find it, and may complain on standard
    /// error. It is asked again for services of inactive profiles, which a command may start by name; a project need
    /// not be sound with all of them.
    /// - Parameters:
    ///   - command: what this value was made from.
    ///   - project: what the command addresses.
    ///   - version: the program's.
    package func configuration(
        for command: Command, _ project: ComposeProject, changedBy override: ComposeOverride, version: ComposeVersion
    ) throws(RemapError) -> String? {
        let failure = RemapError.noConfiguration(program: name, version: version)
        guard version.printsWholeConfiguration else { throw .unsupported(program: name, version: version) }
        guard let file = askedProgram(among: command.candidates) else { return nil }
        let program = CapturedProgram(file, environment: command.environment)
        // It may fetch files that the project includes from elsewhere.
        let deadline = Deadline(after: .seconds(60))
        let flags = Array(command.arguments[..<flagsEnd])
        // Not YAML: compose loses a line break at the start of a text there (go-yaml v3).
        let question = ["config", "--format", "json"].map { Array($0.utf8) }
        var printed = program.run(flags + question, until: deadline, isAttended: true)
        guard printed.status == 0 else { throw failure }
        // Standard input has been read to its end.
        if project.services.contains(where: { !$0.isActive }), !files.contains("-") {
            let profiles = project.profiles.map { Array("--profile=\($0)".utf8) }
            let all = program.run(flags + profiles + question, until: deadline)
            if all.status == 0 { printed = all }
        }
        guard let configuration = WholeConfiguration(printed.output, changedBy: override) else { throw failure }
        return configuration.text
    }

    /// `arguments` with one file in place of all that the command loads.
    ///
    /// - Parameter directory: the project's folder, where `.env` is, and from which a build may take more files.
    package func arguments(_ arguments: [[UInt8]], in directory: String, configuration path: String) -> [[UInt8]] {
        var flags = arguments.indices.prefix(flagsEnd).filter { index in
            !fileArguments.contains { $0.contains(index) }
        }.map { arguments[$0] }
        if projectDirectory == nil { flags += [Array("--project-directory".utf8), Array(directory.utf8)] }
        flags += [Array("-f".utf8), Array(path.utf8)]
        return flags + arguments[flagsEnd...]
    }
}

extension ComposeProject {
    /// Every profile that a service is in.
    fileprivate var profiles: [String] {
        var names: [String] = []
        for service in document["services"]?.pairs ?? [] {
            for name in service.value["profiles"]?.elements ?? [] {
                if let name = name.string, !names.contains(name) { names.append(name) }
            }
        }
        return names
    }
}
