import PortrunBase

extension ComposeOverride {
    /// Tags what is built here by the project's name, for the services too that run the same image unbuilt, and for
    /// builds that start from it.
    ///
    /// - Parameter builtElsewhere: images of the project that scripts build.
    mutating func addImages(_ project: ComposeProject, _ name: String, builtElsewhere: [String]) {
        let nodes = (project.document["services"]?.pairs ?? []).filter { $0.value.pairs != nil }
        let built = project.builtImages + builtElsewhere
        let isBuilt = Set(of: built)
        func isolated(_ text: String) -> String? {
            isBuilt.contains(text) ? OwnName.image(text).text(in: name) : nil
        }
        // In the registry's transaction: see to it that this ends, however many builds read however large a file.
        let look = Look()
        for service in nodes {
            if let tag = service.value["image"]?.string.flatMap(isolated) {
                set("image", of: service.key, to: .string(tag))
            }
            guard let build = service.value["build"] else { continue }
            let tags = build["tags"]?.elements?.compactMap(\.string) ?? []
            if tags.contains(where: { isBuilt.contains($0) }) {
                replace("tags", in: "build", of: service.key, by: .array(tags.map { .string(isolated($0) ?? $0) }))
            }
            let mentioned = project.images(mentionedBy: build, among: built, look)
            let bases = built.filter { mentioned.contains($0) }
            guard !bases.isEmpty else { continue }
            // BuildKit takes a named context for an image of that name: docs.docker.com/build/concepts/context.
            let contexts = bases.map { ($0, JSONValue.string("docker-image://\(isolated($0) ?? $0)")) }
            let entries = JSONValue.object(["additional_contexts": .object(JSONValue.KeyValuePairs(contexts))])
            set("build", of: service.key, to: entries)
        }
    }
}

extension ComposeProject {
    /// Those of `images` that a build may start from: its Dockerfile, or an argument of it, has the name as a word.
    ///
    /// A Dockerfile that is not in the project's folders, or not there at all, mentions nothing.
    fileprivate func images(mentionedBy build: YAMLNode, among images: [String], _ look: Look) -> Set<ExactString> {
        var found: Set<ExactString> = []
        for argument in build["args"]?.pairs?.map(\.value) ?? build["args"]?.elements ?? [] {
            guard look.goesOn(after: images.count, in: directory) else { break }
            if let text = argument.string { found.formUnion(images.filter { text.hasSuffix($0) }) }
        }
        var text = build["dockerfile_inline"]?.string
        if text == nil, let context = build.string ?? build["context"]?.string {
            let folder = Path.absolute(context, in: directory)
            let file = Path.absolute(build["dockerfile"]?.string ?? "Dockerfile", in: folder)
            if let content = try? look.read(file), content.count <= Self.dockerfileLimit,
                look.spend(content.count, of: .bytes, in: file)
            {
                text = String(decoding: content, as: UTF8.self)
            }
        }
        // `--from=IMAGE` is two words.
        let words = text?.utf8.split { $0 <= 0x20 || $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: "\"") } ?? []
        let wanted = Set(of: images)
        for word in words {
            let word = String(Substring(word))
            if wanted.contains(word) { found.insert(word) }
        }
        return found
    }

    /// In bytes; nobody has a larger one.
    private static var dockerfileLimit: Int { 1 << 20 }
}
