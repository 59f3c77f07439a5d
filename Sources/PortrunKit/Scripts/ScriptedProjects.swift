import PortrunBase
import PortrunCompose

/// The compose projects that a project's makefiles and scripts name, beside the one that compose finds by itself.
struct ScriptedProjects {
    /// With the requests by which compose gets them, in the order in which scripts name them.
    private(set) var all: [(request: ComposeRequest, project: ComposeProject)] = []
    /// The requests by which scripts name the very project that compose finds by itself.
    private(set) var ofKnown: [ComposeRequest] = []

    /// - Parameter known: the project that compose finds by itself.
    init(in checkout: Checkout, besides known: ComposeProject?, _ look: Look) {
        let scripted = ScriptedComposeFiles(
            in: checkout.context.path, checkout.workingDirectory, environment: checkout.userEnvironment, look)
        for request in scripted.requests {
            guard let project = ComposeReader.readLeniently(request, look), look.end == nil else { continue }
            if let known, project.files.allSatisfy(known.files.contains) {
                ofKnown.append(request)
                continue
            }
            all.append((request, project))
        }
    }
}
