import PortrunBase
import PortrunCompose

/// The compose projects that a project's makefiles and scripts name, beside the one that compose finds by itself.
struct ScriptedProjects {
    /// With the requests by which compose gets them, in the order in which scripts name them.
    private(set) var all: [(request: ComposeRequest, project: ComposeProject)] = []
    /// The requests by which scripts name the very project that compose finds by itself.
    private(set) var ofKnown: [ComposeRequest] = []
    /// What could not be read of them, in one line; nil where all was.
    private(set) var warning: Warning?

    /// - Parameter known: the project that compose finds by itself.
    init(in checkout: Checkout, besides known: ComposeProject?, _ look: Look) {
        let scripted = ScriptedComposeFiles(
            in: checkout.context.path, checkout.workingDirectory, environment: checkout.userEnvironment, look)
        var unread: [Warning] = []
        for request in scripted.requests {
            guard let project = ComposeReader.readLeniently(request, look), look.end == nil else { continue }
            if var first = project.warnings.first {
                first.file = first.file.map {
                    Path.shortest(
                        Path.absolute($0, in: request.workingDirectory), from: checkout.workingDirectory)
                }
                unread.append(first)
            }
            if project.files.isEmpty { continue }
            if let known, project.files.allSatisfy(known.files.contains) {
                ofKnown.append(request)
                continue
            }
            all.append((request, project))
        }
        if look.end == nil { warning = Self.warning(of: unread, isCutShort: scripted.isCutShort) }
    }

    private static func warning(of unread: [Warning], isCutShort: Bool) -> Warning? {
        let limit = "scripts name more than \(ScriptedComposeFiles.requestLimit) compose projects: the rest is left out"
        guard var first = unread.first else { return isCutShort ? Warning(limit) : nil }
        if unread.count > 1 { first.message += "; likewise \(unread.count - 1) more of those that scripts name" }
        if isCutShort { first.message += "; " + limit }
        return first
    }
}
