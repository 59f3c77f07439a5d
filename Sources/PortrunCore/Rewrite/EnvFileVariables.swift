/// What a project's env files contribute to the environment of its programs.
package struct EnvFileVariables: Sendable, Equatable {
    /// No name twice: a later file's value replaces an earlier one's.
    package private(set) var variables: [EnvFileVariable] = []
    package private(set) var warnings: [Warning] = []

    package init() {}

    /// Reads the env files of development that are in `folders`, then `files`; a later one wins, as with Vite and Next.
    ///
    /// Where `NODE_ENV` says something else than development, its files are not read.
    /// - Parameters:
    ///   - folders: absolute, those of the command last.
    ///   - files: absolute, from `--env-file`.
    /// - Throws: when one of `files` cannot be read. For those that were only looked for, that is a warning.
    package init(in folders: [String], files: [String], environment: Environment) throws(RewriteError) {
        let mode = environment["NODE_ENV"] ?? ""
        let names =
            mode.isEmpty || mode == "development"
            ? [".env", ".env.local", ".env.development", ".env.development.local"] : [".env", ".env.local"]
        for (index, folder) in folders.enumerated() where !folders[..<index].contains(folder) {
            for name in names {
                do throws(FileError) {
                    try add("\(folder)/\(name)")
                } catch .failed(_, ENOENT), .failed(_, ENOTDIR), .notAFile {
                    // A folder called `.env` is somebody's virtual environment.
                    continue
                } catch {
                    warnings.append(Warning("its values keep their ports: \(error.message)"))
                }
            }
        }
        for file in files {
            do throws(FileError) {
                try add(file)
            } catch {
                throw .envFile(error)
            }
        }
    }

    /// Takes over what the file at `path` says.
    private mutating func add(_ path: String) throws(FileError) {
        for variable in DotenvReader(try FileSystem.read(path), path: path).variables {
            if let index = variables.firstIndex(where: { $0.name == variable.name }) {
                variables[index] = variable
            } else {
                variables.append(variable)
            }
        }
    }

    func last(_ name: String) -> EnvFileVariable? { variables.first { $0.name == name } }
}
