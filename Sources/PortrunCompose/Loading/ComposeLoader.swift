import PortrunBase

/// Turns compose files into one document: each is interpolated, its services extended, its includes brought in, and
/// then laid over those before it.
///
/// The order of these steps is compose's own and visible in results: an override of a base service does not reach
/// the services that extend it in an earlier file.
struct ComposeLoader {
    /// The surroundings in which a set of files is read.
    struct Scope {
        /// The folder that relative paths start from.
        var directory: String
        var environment: ComposeEnvironment
        /// The first files of the projects that include this one, outermost first.
        var includedBy: [String] = []
        /// The same, whatever links lead to them.
        var includedByFiles: [FileIdentity] = []
        /// Tells env files apart where files are remembered.
        var identifier = 0
    }

    /// The folder that messages name files from.
    let workingDirectory: String
    let standardInput: [UInt8]?
    var diagnostics: ComposeDiagnostics
    /// Every file opened, by the number that locations have for it.
    var sources: [String] = []
    /// The variables in each scalar of each file.
    private(set) var uses: [SourceLocation: VariableNames] = [:]
    /// The variables that values in env files refer to for more than the port of a local host.
    private(set) var envFileReferences: Set<ExactString> = []
    /// Base files of `extends`, by path and scope.
    var baseServices: [ExactString: BaseFile] = [:]
    var scopeCount = 0
    /// False when something that the files name is not on this machine.
    var isComplete = true
    /// Documents before interpolation, by path.
    private var parsed: [ExactString: [YAMLNode]] = [:]
    /// The files whose documents have been interpolated once.
    private var loaded: [String] = []
    /// Further names of files that were parsed before, by another one.
    private var copies: Set<ExactString> = []
    /// The files that have tags such as `!reset`.
    private(set) var marked: Set<ExactString> = []
    var look: Look { diagnostics.look }

    init(workingDirectory: String, standardInput: [UInt8]?, diagnostics: ComposeDiagnostics) {
        self.workingDirectory = workingDirectory
        self.standardInput = standardInput
        self.diagnostics = diagnostics
    }

    /// The files' documents as one.
    mutating func loadProject(_ files: [String], in scope: Scope) throws(DiscoveryError) -> YAMLNode {
        var project = YAMLNode(.mapping([]), location: SourceLocation(file: 0, line: 1, column: 1))
        for file in files {
            for document in try loadDocuments(of: file, in: scope) {
                var document = document
                let tags = ComposeOverrideTags(takenFrom: &document, isMarked: marked.contains(file))
                try extend(&document, file: file, tags: tags, in: scope)
                tags.drop(from: &project, look, in: file)
                try include(into: &document, from: files[0], in: scope)
                // Another document looks through all that those before it have made.
                guard look.goesOn(after: project.width, in: file) else { break }
                project = ComposeMerge.merged(project, document)
                try validate(project)
            }
        }
        return project
    }

    /// The interpolated documents of one file.
    mutating func loadDocuments(of file: String, in scope: Scope) throws(DiscoveryError) -> [YAMLNode] {
        let raw = try readDocuments(of: file)
        if loaded.contains(file) || copies.contains(file) {
            // As much work as another file of the same content.
            let size = raw.reduce(0) { $0 + $1.size }
            let bytes = file == "-" ? standardInput?.count ?? 0 : (try? look.read(file).count) ?? 0
            guard look.spend(1, of: .files, in: file), look.spend(size, of: .values, in: file),
                look.spend(bytes, of: .bytes, in: file)
            else {
                try diagnostics.checkLook()
                return []
            }
        } else {
            loaded.append(file)
        }
        // Handed over and back, so that it is changed in place.
        var interpolation = Interpolation(environment: scope.environment, look, file, uses: uses)
        uses = [:]
        let documents = raw.map { document in
            ComposePaths.resolved(interpolation.interpolate(document), in: scope.directory)
        }
        uses = interpolation.uses
        envFileReferences.formUnion(scope.environment.references)
        for failure in interpolation.failures { try report(failure.problem, at: failure.location) }
        return documents
    }

    /// The documents of one file as they stand there; none when it cannot be read.
    mutating func readDocuments(of file: String) throws(DiscoveryError) -> [YAMLNode] {
        if let documents = parsed[file] { return documents }
        let number = UInt32(sources.count)
        sources.append(file)
        var documents: [YAMLNode] = []
        do throws(DiscoveryError) {
            documents = try parse(file, number)
        } catch {
            try diagnostics.report(error)
        }
        for index in documents.indices.reversed() where documents[index].pairs == nil {
            try report(.notA("a mapping", path: "the file"), at: documents[index].location)
            documents.remove(at: index)
        }
        parsed[file] = documents
        return documents
    }

    private mutating func parse(_ file: String, _ number: UInt32) throws(DiscoveryError) -> [YAMLNode] {
        var bytes = standardInput ?? []
        if file != "-" {
            do {
                bytes = try look.read(file)
            } catch .failed(_, ENOENT) {
                throw .missingFile(name(of: file))
            } catch {
                throw .unreadable(error)
            }
        }
        if bytes.contains(UInt8(ascii: "!")) { marked.insert(file) }
        for name in look.otherNames(of: file) {
            guard let documents = parsed[name] else { continue }
            copies.insert(file)
            return documents
        }
        do throws(ComposeFailure) {
            return try YAMLParser.documents(in: bytes, file: number, look, file)
        } catch {
            throw .invalid(file: name(of: file), line: error.line, error.problem)
        }
    }

    /// Reports what is wrong at a place in one of the files.
    mutating func report(_ problem: ComposeProblem, at location: SourceLocation) throws(DiscoveryError) {
        try diagnostics.report(failure(problem, at: location))
    }

    /// An error at a place in one of the files.
    func failure(_ problem: ComposeProblem, at location: SourceLocation) -> DiscoveryError {
        .invalid(file: name(of: path(of: location)), line: Int(location.line), problem)
    }

    /// The file that a place is in.
    func path(of location: SourceLocation) -> String {
        sources.indices.contains(Int(location.file)) ? sources[Int(location.file)] : "-"
    }

    /// A file as messages name it.
    func name(of file: String) -> String {
        file == "-" ? "standard input" : Path.shortest(file, from: workingDirectory)
    }
}
