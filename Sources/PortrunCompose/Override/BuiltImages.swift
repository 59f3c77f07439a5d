import PortrunBase

/// The images that a project builds, and which of its builds start from them.
///
/// Its Dockerfiles are read for that, so it is found out in a look, before anybody waits for the registry.
package struct BuiltImages: Sendable, Equatable {
    /// The tags, and those of images that scripts build.
    let tags: Set<ExactString>
    /// What the builds start from, by service, each in the order in which it is mentioned.
    let bases: [ExactString: [String]]

    /// None.
    package init() { (tags, bases) = ([], [:]) }

    /// - Parameter elsewhere: images of the project that scripts build.
    package init(of project: ComposeProject, elsewhere: [String], _ look: Look) {
        let images = project.builtImages + elsewhere
        tags = Set(of: images)
        var bases: [ExactString: [String]] = [:]
        for service in images.isEmpty ? [] : project.document["services"]?.pairs ?? [] {
            guard let build = service.value["build"] else { continue }
            let mentioned = project.images(mentionedBy: build, among: images, tags, look)
            if !mentioned.isEmpty { bases[service.key] = mentioned }
        }
        self.bases = bases
    }
}

extension ComposeProject {
    /// Those of `images` that a build may start from: its Dockerfile, or an argument of it, has the name as a word.
    ///
    /// A Dockerfile that is not in the project's folders, or not there at all, mentions nothing.
    fileprivate func images(
        mentionedBy build: YAMLNode, among images: [String], _ tags: Set<ExactString>, _ look: Look
    ) -> [String] {
        var found: [String] = []
        var seen: Set<ExactString> = []
        func add(_ image: String, _ file: String) {
            // Each becomes a line of the override.
            if seen.insert(image), look.spend(1, of: .values, in: file) { found.append(image) }
        }
        for argument in build["args"]?.pairs?.map(\.value) ?? build["args"]?.elements ?? [] {
            guard look.goesOn(after: images.count, in: directory) else { break }
            guard let text = argument.string else { continue }
            for image in images where text.hasSuffix(image) { add(image, directory) }
        }
        var text = build["dockerfile_inline"]?.string
        var file = directory
        if text == nil, let context = build.string ?? build["context"]?.string {
            let folder = Path.absolute(context, in: directory)
            file = Path.absolute(build["dockerfile"]?.string ?? "Dockerfile", in: folder)
            // One that many builds share is gone through for each.
            if let content = try? look.read(file), content.count <= Self.dockerfileLimit,
                look.spend(content.count, of: .bytes, in: file)
            {
                text = String(decoding: content, as: UTF8.self)
            }
        }
        // `--from=IMAGE` is two words.
        let words = text?.utf8.split { $0 <= 0x20 || $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: "\"") } ?? []
        for word in words {
            let word = String(Substring(word))
            if tags.contains(word) { add(word, file) }
        }
        return found
    }

    /// In bytes; nobody has a larger one.
    private static var dockerfileLimit: Int { 1 << 20 }
}
