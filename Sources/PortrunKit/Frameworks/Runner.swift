import PortrunBase

/// A program that runs another one named in its arguments.
enum Runner: Sendable {
    /// `env`, `exec`, `nohup`: the rest is a command, with assignments before it.
    case assigning
    case dotenv
    /// `poetry run`: a word, then flags, then a command.
    case behind(word: String, valued: [String])
    case python, php, node
    /// `sh -c 'text'`
    case shell
    case packages
    /// Runs the command behind its own flags, after so many words of its own.
    case wrapper(valued: [String], words: Int)
    /// Runs the command behind a `--`.
    case separated
    /// Runs its program again when a file changes: a command in `--exec`, or a script.
    case nodemon
    /// `nix develop -c command`
    case nix
    /// Runs command lines at the same time.
    case concurrently
    /// Runs scripts, some at the same time.
    case runAll
    case turbo

    /// nil for every other program.
    init?(program name: String) {
        switch name {
        case "env", "exec", "nohup", "cross-env", "cross-env-shell", "time": self = .assigning
        case "dotenv", "dotenvx": self = .dotenv
        case "poetry", "pipenv", "pdm", "rye", "hatch": self = .behind(word: "run", valued: ["-p", "--project"])
        case "uv":
            self = .behind(
                word: "run",
                valued: [
                    "--with", "--with-editable", "--with-requirements", "-p", "--python", "--extra", "--group",
                    "--directory", "--project", "--env-file", "--package", "--index", "--color",
                ])
        case "sh", "bash", "dash", "zsh", "ksh", "ash": self = .shell
        case "bundle": self = .behind(word: "exec", valued: [])
        case "php": self = .php
        case "node": self = .node
        case "npm", "npx", "pnpm", "pnpx", "yarn", "yarnpkg", "bun", "bunx": self = .packages
        case "timeout": self = .wrapper(valued: ["-k", "--kill-after", "-s", "--signal"], words: 1)
        case "nice", "ionice":
            self = .wrapper(valued: ["-n", "--adjustment", "-c", "--class", "--classdata"], words: 0)
        case "stdbuf": self = .wrapper(valued: ["-i", "--input", "-o", "--output", "-e", "--error"], words: 0)
        case "sudo", "doas":
            self = .wrapper(valued: ["-u", "--user", "-g", "--group", "-C", "-h", "--host", "-p", "-D"], words: 0)
        case "env-cmd":
            self = .wrapper(valued: ["-f", "--file", "-e", "--environments", "-r", "--rc-file"], words: 0)
        case "setsid", "caffeinate", "unbuffer", "ddtrace-run", "opentelemetry-instrument":
            self = .wrapper(valued: [], words: 0)
        case "newrelic-admin": self = .behind(word: "run-program", valued: [])
        case "direnv": self = .wrapper(valued: [], words: 2)
        case "doppler", "op", "infisical", "chamber", "aws-vault", "mise", "devbox", "watchexec", "teller":
            self = .separated
        case "nix": self = .nix
        case "nodemon": self = .nodemon
        case "concurrently", "conc": self = .concurrently
        case "npm-run-all", "npm-run-all2", "run-p", "run-s": self = .runAll
        case "turbo": self = .turbo
        default:
            guard name.hasPrefix("py") else { return nil }
            let version = name.rest(after: "python") ?? (name == "py" ? "" : "?")
            guard version.utf8.allSatisfy({ $0 == UInt8(ascii: ".") || (48...57).contains($0) }) else { return nil }
            self = .python
        }
    }

    /// One of several that run at the same time.
    enum Line: Equatable {
        /// For a shell.
        case shell(String)
        /// The scripts that a pattern names.
        case script(String)
        /// One script in each chosen package; in all without a choice.
        case everywhere(String, in: [String])
    }

    /// The command that the program runs, by its arguments.
    enum Reading {
        case command(ArraySlice<ScriptWord>)
        /// Likewise, with assignments before it.
        case assigned(ArraySlice<ScriptWord>)
        /// A program by its name, with its arguments.
        case program(String, ArraySlice<ScriptWord>)
        /// The package manager decides what runs.
        case packages
        case together([Line])
        /// A line for a shell, in the word at this place.
        case text(Int)
        case nothing
    }

    func reading(_ arguments: ArraySlice<ScriptWord>) -> Reading {
        switch self {
        case .assigning: return .assigned(arguments.skippingFlags(valued: ["-u", "--unset", "-C", "--chdir"]))
        case .dotenv:
            if let end = arguments.firstIndex(where: { $0.text == "--" }) { return .command(arguments[(end + 1)...]) }
            let rest = arguments.skippingFlags(valued: ["-e", "-v", "-p", "-f", "--file"])
            return .command(rest.first?.text == "run" ? rest.dropFirst() : rest)
        case .behind(let word, let valued):
            let rest = arguments.skippingFlags(valued: valued)
            guard rest.first?.text == word else { return .nothing }
            let inner = rest.dropFirst()
            let command = inner.skippingFlags(valued: valued + ["-m", "--module"])
            let flags = inner[..<command.startIndex]
            if let module = flags.firstIndex(where: { $0.text == "-m" || $0.text == "--module" }),
                module + 1 < flags.endIndex
            {
                return .program(flags[module + 1].text, inner[(module + 2)...])
            }
            return .command(command)
        case .python: return Self.python(arguments)
        case .shell: return Self.shell(arguments)
        case .php:
            let rest = arguments.skippingFlags(valued: ["-d", "-c"])
            if rest.first.map({ Path.lastName($0.text) }) == "artisan" { return .program("artisan", rest.dropFirst()) }
            return .program("php", arguments)
        case .node:
            let rest = arguments.skippingFlags(valued: ["-r", "--require", "--import", "--env-file", "--loader", "-C"])
            guard let file = rest.first?.text, file.contains("node_modules/") else { return .nothing }
            return .program(Self.program(ofModule: file), rest.dropFirst())
        case .packages: return .packages
        case .wrapper(let valued, let count):
            return .command(arguments.skippingFlags(valued: valued).dropFirst(count).skippingFlags(valued: []))
        case .separated:
            guard let end = arguments.firstIndex(where: { $0.text == "--" }) else { return .nothing }
            return .command(arguments[(end + 1)...])
        case .nix:
            guard let end = arguments.firstIndex(where: { $0.text == "-c" || $0.text == "--command" }) else {
                return .nothing
            }
            return .command(arguments[(end + 1)...])
        case .nodemon:
            for (index, word) in zip(arguments.indices, arguments) {
                if word.text == "-x" || word.text == "--exec" {
                    return index + 1 < arguments.endIndex ? .text(index + 1) : .nothing
                }
                if word.text == "--" { break }
            }
            return .nothing
        case .concurrently:
            let flags = [
                "-n", "--names", "-c", "--prefix-colors", "-p", "--prefix", "-s", "--success", "-m", "--max-processes",
                "--restart-tries", "--restart-after", "-l", "--prefix-length", "-t", "--timestamp-format",
                "--default-input-target", "--hide", "--kill-signal", "-P", "--handle-input-target",
            ]
            return .together(
                arguments.words(valued: flags).map { word in
                    let parts = word.split(separator: ":", maxSplits: 1)
                    let isScript =
                        parts.count == 2 && ["npm", "yarn", "pnpm", "bun", "node"].contains(String(parts[0]))
                        && !word.contains(" ")
                    return isScript ? .script(String(parts[1])) : .shell(word)
                })
        case .runAll:
            return .together(arguments.words(valued: ["--max-parallel"]).map { .script($0) })
        case .turbo:
            var words = arguments.words(valued: ["--concurrency", "--cwd", "-F", "--filter", "--env-mode"])
            if words.first == "run" { words.removeFirst() }
            var chosen: [String] = []
            for (index, argument) in zip(arguments.indices, arguments) {
                if let filter = argument.text.rest(after: "--filter=") {
                    chosen.append(filter)
                } else if ["-F", "--filter"].contains(argument.text), index + 1 < arguments.endIndex {
                    chosen.append(arguments[index + 1].text)
                }
            }
            return .together(words.map { .everywhere($0, in: chosen) })
        }
    }

    /// The flags with a value of a module that runs another program below it; nil for other modules.
    private static func valuedFlags(ofObserver module: String) -> [String]? {
        switch module {
        case "debugpy": ["--listen", "--connect", "--log-to", "--adapter-access-token", "--configure-subProcess"]
        case "coverage": ["--source", "--include", "--omit", "--rcfile", "--data-file", "--context", "--concurrency"]
        case "cProfile": ["-o", "-s"]
        default: nil
        }
    }

    private static func python(_ arguments: ArraySlice<ScriptWord>, valued: [String] = []) -> Reading {
        let rest = arguments.skippingFlags(valued: ["-W", "-X", "-m", "-c"] + valued)
        let flags = arguments[..<rest.startIndex]
        if let module = flags.firstIndex(where: { $0.text == "-m" }) {
            guard module + 1 < flags.endIndex else { return .nothing }
            let (name, rest) = (flags[module + 1].text, arguments[(module + 2)...])
            guard let valued = valuedFlags(ofObserver: name) else { return .program(name, rest) }
            let inner = name == "coverage" ? rest.dropFirst() : rest
            return python(inner, valued: valued)
        }
        if flags.contains(where: { $0.text == "-c" }) { return .nothing }
        // `python .venv/bin/flask run` and `python manage.py runserver`; any other file is no framework's.
        return .command(rest)
    }

    /// The first word behind the options is the text where one of these is `-c`, alone or as in `-lc`.
    private static func shell(_ arguments: ArraySlice<ScriptWord>) -> Reading {
        var isText = false
        var index = arguments.startIndex
        while index < arguments.endIndex, let sign = arguments[index].text.utf8.first,
            sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+")
        {
            let word = arguments[index].text
            index += 1
            if word == "--" || word == "-" { break }
            if word.hasPrefix("--") {
                if ["--rcfile", "--init-file"].contains(word) { index += 1 }
                continue
            }
            if sign == UInt8(ascii: "-"), word.utf8.contains(UInt8(ascii: "c")) { isText = true }
            // `-o pipefail`, `-O extglob`
            if word.hasSuffix("o") || word.hasSuffix("O") { index += 1 }
        }
        return isText && index < arguments.endIndex ? .text(index) : .nothing
    }

    /// `…/node_modules/.bin/vite`, `…/node_modules/vite/bin/vite.js`: the file's name without its ending.
    private static func program(ofModule file: String) -> String {
        let name = Path.lastName(file)
        for ending in [".js", ".mjs", ".cjs"] {
            if let program = name.start(before: ending) { return program }
        }
        return name
    }
}

extension ArraySlice<ScriptWord> {
    /// The words after the flags at the start; those in `valued` have their values with them.
    func skippingFlags(valued: [String]) -> Self {
        var rest = self
        while let word = rest.first, word.text.hasPrefix("-") {
            rest = rest.dropFirst()
            if word.text == "--" { break }
            if valued.contains(word.text) {
                rest = rest.dropFirst()
                // What is behind `python -m module` is the module's.
                if word.text == "-m" || word.text == "--module" { break }
            }
        }
        return rest
    }

    /// The words that are neither flags nor values of those in `valued`, up to a `--`.
    func words(valued: [String]) -> [String] {
        var words: [String] = []
        var isValue = false
        for word in self {
            if word.text == "--" { break }
            if isValue {
                isValue = false
            } else if word.text.hasPrefix("-") {
                isValue = valued.contains(word.text)
            } else {
                words.append(word.text)
            }
        }
        return words
    }
}
