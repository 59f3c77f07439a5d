/// Turns compose files into one document: each is interpolated, its services extended, its includes brought in, and
/// then laid over those before it.
///
/// The order of these steps is compose's own and visible in results: an override of a base service does not reach
/// the services that extend it in an earlier file.
struct ComposeLoader {
    /// What a set of files is read in.
    struct Scope {
        /// The folder that relative paths start from.
        var directory: String
        var environment: ComposeEnvironment
        /// The first files of the projects that include this one, outermost first.
        var includedBy: [String] = []
        /// Tells env files apart where files are remembered.
        var identifier = 0
    }

    /// More files than this are not opened, however they include each other.
    static let fileLimit = 1000

    /// The folder that messages name files from.
    let workingDirectory: String
    let standardInput: [UInt8]?
    var diagnostics: ComposeDiagnostics
    /// Every file opened, by the number that locations have for it.
    var sources: [String] = []
    var uses: [Interpolation.Use] = []
    /// Base files of `extends`, by path and scope.
    var baseServices: [String: YAMLNode] = [:]
    var scopeCount = 0
    /// Documents before interpolation, by path.
    private var parsed: [String: [YAMLNode]] = [:]
    /// Files whose variables are in `uses`.
    private var interpolatedFiles: Set<String> = []

    init(workingDirectory: String, standardInput: [UInt8]?, diagnostics: ComposeDiagnostics) {
        self.workingDirectory = workingDirectory
        self.standardInput = standardInput
        self.diagnostics = diagnostics
    }

    /// The files' documents as one.
    mutating func project(_ files: [String], in scope: Scope) throws(DiscoveryError) -> YAMLNode {
        var project = YAMLNode(.mapping([]), location: SourceLocation(file: 0, line: 1, column: 1))
        for file in files {
            for document in try documents(of: file, in: scope) {
                var document = document
                let tags = ComposeOverrideTags(takenFrom: &document)
                try extend(&document, file: file, tags: tags, in: scope)
                tags.drop(from: &project)
                try include(into: &document, from: files[0], in: scope)
                project = ComposeMerge.merged(project, document)
                try validate(project)
            }
        }
        return project
    }

    /// The interpolated documents of one file.
    mutating func documents(of file: String, in scope: Scope) throws(DiscoveryError) -> [YAMLNode] {
        let isNew = interpolatedFiles.insert(file).inserted
        var interpolation = Interpolation(environment: scope.environment)
        let documents = try rawDocuments(of: file).map { document in
            ComposePaths.resolved(interpolation.interpolated(document), in: scope.directory)
        }
        if isNew { uses += interpolation.uses }
        for failure in interpolation.failures { try report(failure.problem, at: failure.location) }
        return documents
    }

    /// The documents of one file as they stand there; none when it cannot be read.
    mutating func rawDocuments(of file: String) throws(DiscoveryError) -> [YAMLNode] {
        if let documents = parsed[file] { return documents }
        let number = UInt32(sources.count)
        sources.append(file)
        guard sources.count <= Self.fileLimit else {
            throw .invalid(file: name(of: file), line: nil, .tooManyFiles)
        }
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

    private func parse(_ file: String, _ number: UInt32) throws(DiscoveryError) -> [YAMLNode] {
        var bytes = standardInput ?? []
        if file != "-" {
            do {
                bytes = try FileSystem.read(file)
            } catch .failed(_, ENOENT) {
                throw .missingFile(name(of: file))
            } catch {
                throw .unreadable(error)
            }
        }
        do throws(YAMLParser.Failure) {
            return try YAMLParser.documents(in: bytes, file: number)
        } catch {
            throw .invalid(file: name(of: file), line: error.line, error.problem)
        }
    }

    /// Reports what is wrong at a place in one of the files.
    mutating func report(_ problem: ComposeProblem, at location: SourceLocation) throws(DiscoveryError) {
        let file = sources.indices.contains(Int(location.file)) ? name(of: sources[Int(location.file)]) : "-"
        try diagnostics.report(.invalid(file: file, line: Int(location.line), problem))
    }

    /// A file as messages name it.
    func name(of file: String) -> String {
        file == "-" ? "standard input" : Path.shortest(file, from: workingDirectory)
    }
}
