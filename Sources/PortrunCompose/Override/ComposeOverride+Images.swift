import PortrunBase

extension ComposeOverride {
    /// Tags what is built here by the project's name, for the services too that run the same image unbuilt, and for
    /// builds that start from it.
    mutating func addImages(_ project: ComposeProject, _ name: String, _ built: BuiltImages) {
        if built.tags.isEmpty { return }
        func isolated(_ text: String) -> String? {
            built.tags.contains(text) ? OwnName.image(text).text(in: name) : nil
        }
        for service in project.document["services"]?.pairs ?? [] where service.value.pairs != nil {
            if let tag = service.value["image"]?.string.flatMap(isolated) {
                set("image", of: service.key, to: .string(tag))
            }
            guard let build = service.value["build"] else { continue }
            let tags = build["tags"]?.elements?.compactMap(\.string) ?? []
            if tags.contains(where: { built.tags.contains($0) }) {
                replace("tags", in: "build", of: service.key, by: .array(tags.map { .string(isolated($0) ?? $0) }))
            }
            guard let bases = built.bases[service.key] else { continue }
            // BuildKit takes a named context for an image of that name: docs.docker.com/build/concepts/context.
            let contexts = bases.map { ($0, JSONValue.string("docker-image://\(isolated($0) ?? $0)")) }
            let entries = JSONValue.object(["additional_contexts": .object(JSONValue.KeyValuePairs(contexts))])
            set("build", of: service.key, to: entries)
        }
    }
}
