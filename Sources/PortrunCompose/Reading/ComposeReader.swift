import PortrunBase

/// Reads a compose project as `docker compose config` (2.26.1) would, without starting it.
package enum ComposeReader {
    /// The project that `request` addresses; nil when there is no compose file.
    ///
    /// - Throws: at the first thing compose would refuse, as far as it bears on ports, names and variables.
    package static func read(
        _ request: ComposeRequest, _ look: Look = Look()
    ) throws(DiscoveryError) -> ComposeProject? {
        try read(request, look, isStrict: true)
    }

    /// The project as far as it can be read, with a warning for each thing that cannot; whether the look was over
    /// before its end is for the caller to tell.
    package static func readLeniently(_ request: ComposeRequest, _ look: Look = Look()) -> ComposeProject? {
        do throws(DiscoveryError) {
            return try read(request, look, isStrict: false)
        } catch {
            return ComposeProject(
                directory: request.workingDirectory, files: [], services: [], ports: [],
                warnings: [error.warning],
                document: YAMLNode(.mapping([]), location: SourceLocation(file: 0, line: 1, column: 1)), sources: [],
                variables: VariableUses(), environment: ComposeEnvironment(shell: request.environment))
        }
    }

    private static func read(
        _ request: ComposeRequest, _ look: Look, isStrict: Bool
    ) throws(DiscoveryError) -> ComposeProject? {
        var diagnostics = ComposeDiagnostics(isStrict: isStrict, look, relativeTo: request.workingDirectory)
        let locator = try ComposeLocator(request, &diagnostics)
        guard !locator.files.isEmpty else { return nil }
        var loader = ComposeLoader(
            workingDirectory: request.workingDirectory, standardInput: request.standardInput,
            diagnostics: diagnostics)
        var environment = locator.environment
        let naming = try ComposeProjectName(request, locator, &loader)
        if let name = naming.name { environment.set("COMPOSE_PROJECT_NAME", to: name) }
        let document = try loader.loadProject(
            locator.files, in: ComposeLoader.Scope(directory: locator.directory, environment: environment))
        // There is a warning already when a file could not be read.
        if document.pairs?.isEmpty ?? true, loader.diagnostics.warnings.isEmpty, look.end == nil,
            let first = locator.files.first
        {
            try loader.diagnostics.report(.emptyProject(file: loader.name(of: first)))
        }
        let services = try ComposeServices(document, profiles: locator.profiles, &loader)
        if isStrict, loader.isComplete {
            try ComposeConsistency(document, services.services).check(&loader, directory: locator.directory)
        }
        try loader.diagnostics.checkLook()
        return ComposeProject(
            name: naming.name, explicitName: naming.explicit, directory: locator.directory,
            files: locator.files, services: services.services, ports: services.ports,
            warnings: loader.diagnostics.warnings, document: document, sources: loader.sources,
            variables: services.variables, environment: environment)
    }
}
