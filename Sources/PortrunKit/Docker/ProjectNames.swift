import PortrunBase
import PortrunCompose

/// The names of containers, volumes, networks and images that belong to a checkout's project.
///
/// They are those that its compose files fix or make compose choose, those that a command of the repository has given,
/// and those that its scripts give. Any other name is somebody else's, and stays.
struct ProjectNames {
    private let projects: NamedProjects
    private let notes: NameNotes
    /// nil where nobody has to know what they say.
    private let scripts: ScriptNames?
    private let isolated: Isolation

    /// - Parameter project: the one that compose finds by itself.
    init(of project: ComposeProject?, _ isolated: Isolation, in checkout: Checkout) {
        projects = NamedProjects(project, in: checkout)
        notes = NameNotes(checkout.context, in: checkout.state)
        scripts = checkout.context.isMain ? nil : ScriptNames(in: checkout.context.path)
        self.isolated = isolated
    }

    /// What a thing is called in another checkout than the main one; nil for one that is not the project's.
    func change(of name: DockerName) -> OwnName? {
        if name.text.isEmpty { return nil }
        switch name.kind {
        case .container: return container(name)
        case .volume: return volume(name)
        case .network: return network(name)
        case .image: return image(name)
        case .project:
            if projects.contains(where: { $0.mainNames.contains(name.text) }) { return .ofProject(ending: "") }
            return projects.contains { $0.demanded == name.text }
                ? .ofDemanded(project: name.text, ending: "") : notes.name(name.text, .project)
        case .service, .published, .exposed:
            return projects.first { known in
                guard known.project.isFound(by: name) else { return nil }
                return known.demanded.map { .ofDemanded(project: $0, ending: "") } ?? .ofProject(ending: "")
            }
        case .any: return container(name) ?? volume(name) ?? network(name) ?? image(name)
        }
    }

    /// What compose itself calls so in the main worktree, and after its own project here.
    private func ofCompose(_ name: String, _ kind: DockerName.Kind) -> OwnName? {
        projects.first { known in
            if let ending = known.project.ending(of: name, kind, in: known.mainNames) {
                return .ofProject(ending: ending)
            }
            guard let demanded = known.demanded else { return nil }
            return known.project.ending(of: name, kind, in: [demanded]).map {
                .ofDemanded(project: demanded, ending: $0)
            }
        }
    }

    private func container(_ name: DockerName) -> OwnName? {
        if name.kind == .container, let own = ofCompose(name.text, name.kind) { return own }
        if name.isGiven || projects.contains(where: { $0.project.fixedContainerNames.contains(name.text) }) {
            return .given(name.text)
        }
        return known(name.text, .container) { .given(name.text) } ?? (name.isPart ? part(name.text) : nil)
    }

    /// A part of a container's name: without more, a filter would find the main worktree's as well.
    private func part(_ text: String) -> OwnName? {
        if let own = startOfProject(text) { return own }
        let isFixed = projects.contains { $0.project.fixedContainerNames.contains { $0.contains(text) } }
        return isFixed ? .containing(text) : notes.name(ofPart: text)
    }

    /// The start of the names that compose makes of the project's.
    private func startOfProject(_ text: String) -> OwnName? {
        projects.first { known in
            for main in known.mainNames where !main.isEmpty {
                guard let ending = text.rest(after: main) else { continue }
                if ending.isEmpty || ending.hasPrefix("-") || ending.hasPrefix("_") {
                    return .ofProject(ending: ending)
                }
            }
            return nil
        }
    }

    private func volume(_ name: DockerName) -> OwnName? {
        if let own = projects.first({ $0.project.isolated(name.text, in: "volumes") }) { return own }
        if projects.contains(where: { $0.project.borrows(name.text, in: "volumes") }) { return nil }
        if name.kind == .volume, let own = ofCompose(name.text, name.kind) { return own }
        // Whoever mounts one to write into it makes it where it is missing.
        if name.isGiven || (name.isMounted && !name.isReadOnly) { return .given(name.text) }
        return known(name.text, .volume) { .given(name.text) } ?? (name.isPart ? startOfProject(name.text) : nil)
    }

    private func network(_ name: DockerName) -> OwnName? {
        if ["host", "none", "bridge", "default", "private", "podman"].contains(name.text) { return nil }
        if let own = projects.first({ $0.project.isolated(name.text, in: "networks") }) {
            return isolated.contains(.networks) ? own : nil
        }
        if projects.contains(where: { $0.project.borrows(name.text, in: "networks") }) { return nil }
        if name.kind == .network, let own = ofCompose(name.text, name.kind) { return own }
        if name.isGiven { return .given(name.text) }
        return known(name.text, .network) { .given(name.text) } ?? (name.isPart ? startOfProject(name.text) : nil)
    }

    private func image(_ name: DockerName) -> OwnName? {
        let text = name.text
        let built = projects.first {
            $0.project.builtImages.first { $0 == text || $0 + ":latest" == text || $0 == text + ":latest" }
        }
        if let built { return .image(built) }
        // A digest names one image for ever.
        if text.utf8.contains(UInt8(ascii: "@")) { return nil }
        return name.isGiven ? .image(text) : notes.name(text, .image)
    }

    private func known(_ name: String, _ kind: DockerName.Kind, _ given: () -> OwnName) -> OwnName? {
        if let own = ofCompose(name, kind) { return own }
        for demanded in notes.projects(of: name) {
            guard let ending = projects.first({ $0.project.ending(of: name, kind, in: [demanded]) }) else { continue }
            return .ofDemanded(project: demanded, ending: ending)
        }
        if let noted = notes.name(name, kind) { return noted }
        return scripts?.give(name, kind) == true ? given() : nil
    }
}

extension Checkout {
    /// What compose calls a project in the main worktree, as far as that can be told from here.
    ///
    /// - Parameter isDemanded: the command demands another name for it.
    func mainProjects(of project: ComposeProject, isDemanded: Bool = false) -> [String] {
        let folder = ComposeProject.name(ofFolder: project.directory)
        // What a file or a variable says, it says there too.
        if !isDemanded, let name = project.name, name != folder { return [name] }
        if let name = project.explicitName { return [name] }
        guard let main = mainWorktree() else {
            return [folder, ComposeProject.name(ofFolder: context.app)]
        }
        let inside = Path.relative(project.directory, to: context.path)
        return [ComposeProject.name(ofFolder: inside.map { Path.absolute($0, in: main.path) } ?? project.directory)]
    }
}
