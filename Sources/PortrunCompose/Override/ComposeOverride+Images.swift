import PortrunBase

extension ComposeOverride {
    /// Tags what is built here by the project's name, for the services too that run the same image unbuilt, and for
    /// builds that start from it.
    ///
    /// - Parameter builtElsewhere: images of the project that scripts build.
    mutating func addImages(_ project: ComposeProject, _ name: String, builtElsewhere: [String]) {
        let nodes = (project.document["services"]?.pairs ?? []).filter { $0.value.pairs != nil }
        let built = project.builtImages + builtElsewhere
        func isolated(_ text: String) -> String? {
            built.contains(text) ? OwnName.image(text).text(in: name) : nil
        }
        for service in nodes {
            if let tag = service.value["image"]?.string.flatMap(isolated) {
                set("image", of: service.key, to: .string(tag))
            }
            guard let build = service.value["build"] else { continue }
            let tags = build["tags"]?.elements?.compactMap(\.string) ?? []
            if tags.contains(where: built.contains) {
                replace("tags", in: "build", of: service.key, by: .array(tags.map { .string(isolated($0) ?? $0) }))
            }
            let bases = built.filter { project.build(build, mentions: $0) }
            guard !bases.isEmpty else { continue }
            // BuildKit takes a named context for an image of that name: docs.docker.com/build/concepts/context.
            let contexts = bases.map { ($0, JSONValue.string("docker-image://\(isolated($0) ?? $0)")) }
            let entries = JSONValue.object(["additional_contexts": .object(JSONValue.KeyValuePairs(contexts))])
            set("build", of: service.key, to: entries)
        }
    }
}

extension ComposeProject {
    /// True when a build may start from `image`: its Dockerfile, or an argument of it, has the name as a word.
    ///
    /// A Dockerfile that is not in the project's folders, or not there at all, mentions nothing.
    fileprivate func build(_ build: YAMLNode, mentions image: String) -> Bool {
        let arguments = build["args"]?.pairs?.map(\.value) ?? build["args"]?.elements ?? []
        if arguments.contains(where: { $0.string?.hasSuffix(image) ?? false }) { return true }
        var text = build["dockerfile_inline"]?.string
        if text == nil, let context = build.string ?? build["context"]?.string {
            let folder = Path.absolute(context, in: directory)
            let file = Path.absolute(build["dockerfile"]?.string ?? "Dockerfile", in: folder)
            if let content = try? FileSystem.read(file, limit: 1 << 20) {
                text = String(decoding: content, as: UTF8.self)
            }
        }
        let words = text?.split { $0.isWhitespace || $0 == "=" || $0 == "\"" } ?? []
        return words.contains { $0 == image || $0 == "--from=\(image)" }
    }
}
