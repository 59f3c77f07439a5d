extension ComposeCommand {
    /// `arguments` with an override file behind the files that the command loads.
    ///
    /// Where the command names none, those that compose finds by itself are named, for naming one switches its search
    /// off.
    /// - Parameters:
    ///   - arguments: those that this value was made from, byte for byte.
    ///   - found: the project's files, in the order of loading.
    package func arguments(
        _ arguments: [[UInt8]], loading found: [String], override path: String
    ) -> [[UInt8]] {
        let added = (files.isEmpty ? found : []) + [path]
        let flags = added.flatMap { [Array("-f".utf8), Array($0.utf8)] }
        return Array(arguments[..<flagsEnd]) + flags + Array(arguments[flagsEnd...])
    }

    /// Asks the program in `arguments` for its version.
    ///
    /// - Throws: `RemapError` when it is not known to understand `!override`.
    package func checkOverrideSupport(_ arguments: [String], environment: Environment) throws(RemapError) {
        let words = tool.isComposeItself ? [arguments[0]] : [arguments[0], "compose"]
        let name = words.joined(separator: " ")
        let output = CapturedProgram(arguments[0], environment: environment)?.run(words + ["version", "--short"])
        guard let output, output.status == 0 else {
            // Not there, or broken: the launch itself says so better.
            return
        }
        let version = ComposeVersion(output.output)
        guard let version, tool.isDockers, version >= .firstWithOverride else {
            throw .unsupported(program: name, version: version)
        }
    }
}

extension ComposeTool {
    /// True for the programs that the override file has been tried with.
    fileprivate var isDockers: Bool {
        switch self {
        case .docker, .dockerCompose: true
        case .podman, .podmanCompose, .nerdctl: false
        }
    }
}
