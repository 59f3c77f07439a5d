import PortrunBase

/// The name of a compose project: `-p`, else `COMPOSE_PROJECT_NAME`, else the last top-level `name:`, else the folder's.
///
/// The last two are made valid, the first two have to be (https://docs.docker.com/compose/how-tos/project-name/).
struct ComposeProjectName {
    /// nil when nothing is left of the folder's name.
    let name: String?
    /// The value of `name:`.
    let explicit: String?

    /// - Throws: when a name is demanded that compose does not allow, or when there is none.
    init(
        _ request: ComposeRequest, _ locator: ComposeLocator, _ loader: inout ComposeLoader
    ) throws(DiscoveryError) {
        var written: String?
        var isInFirstDocument = false
        for file in locator.files {
            for (index, document) in try loader.readDocuments(of: file).enumerated() {
                guard let text = document["name"]?.string, !text.isEmpty else { continue }
                written = ComposeProject.normalized(Self.interpolated(text, locator.environment, loader.look, file))
                if index == 0 { isInFirstDocument = true }
            }
        }
        // Nothing left of a name: compose takes the folder's unless a file's first document has one.
        if written?.isEmpty == true, !isInFirstDocument { written = nil }
        explicit = written.flatMap { $0.isEmpty ? nil : $0 }
        let demands = [request.projectName, locator.environment["COMPOSE_PROJECT_NAME"]]
        if let demanded = demands.lazy.compactMap(\.self).first(where: { !$0.isEmpty }) {
            if ComposeProject.normalized(demanded) != demanded {
                try loader.diagnostics.report(.invalidProjectName(demanded))
            }
            name = demanded
            return
        }
        let chosen = written ?? ComposeProject.name(ofFolder: locator.directory)
        name = chosen.isEmpty ? nil : chosen
        if name == nil { try loader.diagnostics.report(.emptyProjectName) }
    }

    /// Whatever is wrong with the variables is reported when the whole file is interpolated.
    private static func interpolated(
        _ text: String, _ environment: ComposeEnvironment, _ look: Look, _ file: String
    ) -> String {
        do throws(ComposeProblem) {
            return try Template(text, look, in: file).expansion { environment[$0] }.text
        } catch {
            return ""
        }
    }
}
