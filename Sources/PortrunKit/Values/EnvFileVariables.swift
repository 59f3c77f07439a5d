import PortrunBase

/// The variables that a project's env files add to the environment of its programs.
package struct EnvFileVariables: Sendable, Equatable {
    /// The variables, no name twice: a later file's value replaces an earlier one's.
    package private(set) var variables: [EnvFileVariable] = []
    package private(set) var warnings: [Warning] = []
    private(set) var folders: [String] = []
    private(set) var names: [String] = []
    /// The files that the user named.
    private(set) var namedFiles: [String] = []
    var namesOfOtherModes: Set<ExactString> = []
    /// Those of them that a test's file has, or one that the command reads by itself.
    var namesToLeave: Set<ExactString> = []
    /// What programs read by themselves: the variables of other modes' files, and of those that win over the environment.
    var readElsewhere: [EnvFileVariable] = []
    /// The files that win over the environment.
    var overridingFiles: [String] = []
    /// The ports of this machine that files of other modes name.
    var portsOfOtherModes: [PortRange] = []
    /// Where each variable is, once they are many.
    private var positions: [ExactString: Int] = [:]

    /// Up to so many a look through all of them is faster than a table.
    private static let scanLimit = 12

    package init() {}

    /// Reads the env files of development that are in `folders`, then `files`; a later one wins, as with Vite and Next.
    ///
    /// Another mode than development, with other files, is what `NODE_ENV` says.
    /// - Parameters:
    ///   - folders: absolute, those of the command last.
    ///   - packages: those in which something is started, absolute. What two of them say otherwise is in no variable, nor
    ///     is the `PORT` of one of several.
    ///   - files: absolute, from `--env-file`.
    /// - Throws: when one of `files` cannot be read. For those that were only looked for, that is a warning.
    package init(
        in folders: [String], packages: [String] = [], files: [String], environment: Environment, _ look: Look = Look()
    ) throws(RewriteError) {
        let said = environment["NODE_ENV"] ?? ""
        let mode = said.isEmpty || said.utf8.contains(UInt8(ascii: "/")) ? "development" : said
        namedFiles = files
        names = [".env", ".env.local", ".env.\(mode)", ".env.\(mode).local"]
        // The last mention of a folder that is named twice counts.
        for (index, folder) in folders.enumerated() where !folders[(index + 1)...].contains(folder) {
            self.folders.append(folder)
            for name in names {
                lookFor("\(folder)/\(name)", look)
            }
        }
        if !packages.isEmpty { addPackages(packages, environment: environment, look) }
        for file in files {
            do throws(FileError) {
                try add(file, look)
            } catch {
                throw .envFile(error)
            }
        }
    }

    /// True for the name of a file that a launch reads where it is.
    func reads(_ name: String) -> Bool { names.contains(name) }

    /// Takes over what a file says that need not be there.
    private mutating func lookFor(_ path: String, _ look: Look) {
        do throws(FileError) {
            try add(path, look)
        } catch .failed(_, ENOENT), .failed(_, ENOTDIR), .notAFile, .leftOut {
            // A folder called `.env` is somebody's virtual environment.
        } catch {
            warnings.append(Warning("its values keep their ports: \(error.message)"))
        }
    }

    /// Takes over what the packages' files say, as far as one environment can say it for all of them.
    private mutating func addPackages(_ packages: [String], environment: Environment, _ look: Look) {
        var known: [EnvFileVariable] = []
        var places: [ExactString: Int] = [:]
        var disputed: Set<ExactString> = []
        for folder in packages where !folders.contains(folder) {
            var own = self
            own.variables = []
            own.positions = [:]
            for name in names { own.lookFor("\(folder)/\(name)", look) }
            warnings = own.warnings
            folders.append(folder)
            for variable in own.variables {
                if packages.count > 1, variable.name == "PORT" { continue }
                let place = places[variable.name]
                if let place, known[place].value != variable.value { disputed.insert(variable.name) }
                if place == nil { places[variable.name] = known.count }
                known.append(variable)
            }
        }
        for variable in known { take(variable) }
        guard !disputed.isEmpty else { return }
        drop { disputed.contains($0.name) }
        readElsewhere += known.filter { disputed.contains($0.name) }
    }

    /// Takes over what the file at `path` says.
    private mutating func add(_ path: String, _ look: Look) throws(FileError) {
        for variable in DotenvReader(try look.read(path), path: path, look).variables { take(variable) }
    }

    private mutating func take(_ variable: EnvFileVariable) {
        if let index = position(of: variable.name) {
            variables[index] = variable
        } else {
            variables.append(variable)
            notePosition(of: variable.name)
        }
    }

    private func position(of name: String) -> Int? {
        variables.count <= Self.scanLimit ? variables.firstIndex { $0.name == name } : positions[name]
    }

    /// Notes where the last variable is.
    private mutating func notePosition(of name: String) {
        if variables.count == Self.scanLimit + 1 {
            for (position, variable) in variables.enumerated() { positions[variable.name] = position }
        } else if variables.count > Self.scanLimit {
            positions[name] = variables.count - 1
        }
    }

    /// The port that a program finds in a variable and that every user may bind; nil when there is none, or libraries
    /// do not agree about it.
    package func port(_ name: String, in environment: Environment) -> Port? {
        var work = 0
        guard let variable = last(name), !variable.isDisputed, let value = expanded(variable, in: environment, &work)
        else { return nil }
        return Port(String(decoding: value, as: UTF8.self)).flatMap { $0.isPrivileged ? nil : $0 }
    }

    /// Leaves out those for which `isDropped` says so.
    mutating func drop(where isDropped: (EnvFileVariable) -> Bool) {
        let kept = variables.filter { !isDropped($0) }
        guard kept.count < variables.count else { return }
        variables = []
        positions = [:]
        for variable in kept {
            variables.append(variable)
            notePosition(of: variable.name)
        }
    }

    func last(_ name: String) -> EnvFileVariable? { position(of: name).map { variables[$0] } }
}
