import PortrunBase

/// A project that wants its names, values and files to be obeyed, made of a seed.
///
/// Its compose file publishes ports from 7000 to 7019, which a test has booked for somebody else, so that they move.
package struct HostileProject {
    /// By their names: a text, or a link to what the text names.
    package private(set) var files: [(name: String, content: [UInt8], isLink: Bool)] = []
    /// The user's variables beside `PATH` and `HOME`, `NAME=value`, some of them with values that follow.
    package private(set) var environment: [[UInt8]] = []

    /// The ports of somebody else.
    package static let movedPorts = 7000...7019

    /// What shells, loaders, interpreters and tools obey, whatever portrun's own lists say.
    package static let obeyed = words(
        """
        LD_PRELOAD LD_LIBRARY_PATH LD_AUDIT DYLD_INSERT_LIBRARIES BASH_ENV ENV IFS PATH HOME CDPATH FPATH MANPATH PS1 PS2
        PS4 PROMPT_COMMAND SHELLOPTS BASHOPTS UID EUID PPID path argv options status fpath precmd_functions
        chpwd_functions starship_precmd_user_func
        fish_function_path GIT_CONFIG_GLOBAL GIT_SSH_COMMAND GIT_EXTERNAL_DIFF GIT_PAGER GIT_DIR LESSOPEN LESSCLOSE PAGER
        EDITOR VISUAL BROWSER NODE_OPTIONS NODE_PATH PYTHONPATH PYTHONSTARTUP PYTHONHOME PERL5OPT PERL5LIB RUBYOPT RUBYLIB
        JAVA_TOOL_OPTIONS CLASSPATH DOCKER_HOST DOCKER_CONFIG COMPOSE_FILE KUBECONFIG SSH_ASKPASS SUDO_ASKPASS
        PORTRUN_REGISTRY PORTRUN_SHIMS PORTRUN_SET PORTRUN_OPTIONS HTTP_PROXY HTTPS_PROXY npm_config_registry CC MAKEFLAGS
        RUSTC_WRAPPER TMPDIR TERMINFO INPUTRC HISTFILE ARGC TTYIDLE LISTMAX KEYBOARD_HACK status_generation dis_aliases
        functions_source funcfiletrace ZLE_RPROMPT_INDENT
        """)
    private static let harmless = words(
        "WEB_PORT DB_PORT API_URL DATABASE_URL REDIS_HOST NEXT_PUBLIC_API GIT_SSH_PORT NODE_PORT PUBLIC_PATH ADMIN A _PORT"
    )
    private static let beginnings = words(
        "LD_ DYLD_ PORTRUN_ GIT_ BASH_FUNC_ PYTHON npm_config_ DOCKER_ X_ MY _ é 1 A- A.")
    private static let endings = words("_PATH _COMMAND _OPTIONS OPTS _PORT PORT _URL _HOST _FILE _DIR 0 % - () []= é")
    private static let services = [
        "web", "db", "ld-library-path", "bash_env", "path", "prompt.command", "a'b", "$(touch pwned)", "`touch pwned`",
        "a\nb", "é", "e\u{301}", "x\u{2028}y", "\u{1B}[31m", "portrun-set", "-e",
    ]
    private static let pieces = [
        "'", "\"", "\\", "\\'", "$(touch pwned)", "`touch pwned`", "; touch pwned;", "\ntouch pwned\n", "\\n", "\r",
        "\t",
        "\u{1B}]0;x\u{7}", "\u{85}", "\u{2028}", "\u{2019}", "é", "e\u{301}", "'\u{301}", "🚀", " ", "#", "END", "!",
        "%0A", "^",
        "${A}", "$A", "${A:-x}", "localhost:7003", "http://127.0.0.1:7001/x", "postgres://u:p@localhost:7005/db", ",",
        "{", "]",
        "\u{202E}", "(", "<<E", "~", "*", "=", "::set-env name=A::",
    ]

    private static func words(_ text: String) -> [String] {
        text.split { $0 == " " || $0 == "\n" }.map(String.init)
    }

    /// - Parameters:
    ///   - names: further ones that are obeyed.
    ///   - isEvaluated: whether shells run in its environment, which are not to obey it before.
    package init(_ random: inout SeededGenerator, names: [String] = [], isEvaluated: Bool = false) {
        let known = Self.obeyed + names
        let compose = Self.compose(&random, known)
        switch Int.random(in: 0..<12, using: &random) {
        case 0:
            files.append(("real.yaml", compose, false))
            files.append(("compose.yaml", Array("real.yaml".utf8), true))
        case 1:
            files.append(("part.yaml", compose, false))
            for index in 0..<3 { files.append(("part\(index).yaml", Array("part.yaml".utf8), true)) }
            files.append(("compose.yaml", Array("include: [part0.yaml, part1.yaml, part2.yaml]\n".utf8), false))
        case 2:
            let target = ["/etc/passwd", "/dev/zero", "/proc/self/environ", "compose.yaml", "."].pick(&random)
            files.append(("compose.yaml", Array(target.utf8), true))
        default: files.append(("compose.yaml", compose, false))
        }
        for name in [".env", ".env.local", ".env.development", "more.env"]
        where Int.random(in: 0..<3, using: &random) > 0 {
            if Int.random(in: 0..<20, using: &random) == 0 {
                let target = ["/dev/tty", "/dev/zero", ".env.local", "compose.yaml", "/etc/shadow"].pick(&random)
                files.append((name, Array(target.utf8), true))
            } else {
                files.append((name, Self.dotenv(&random, known), false))
            }
        }
        for _ in 0..<Int.random(in: 0..<4, using: &random) {
            let name = Self.name(&random, known)
            guard Environment.isIdentifier(name), !["PATH", "HOME"].contains(name), !name.hasPrefix("PORTRUN"),
                !isEvaluated || Self.harmless.contains(name)
            else { continue }
            // No program can be started with a longer one.
            environment.append(Array("\(name)=".utf8) + Self.value(&random).filter { $0 != 0 }.prefix(100_000))
        }
    }

    /// Writes its files, in place of all that `folder` has.
    package func write(to folder: String) throws {
        for name in FileSystem.names(in: folder) ?? [] { unlink("\(folder)/\(name)") }
        for file in files {
            let path = "\(folder)/\(file.name)"
            if file.isLink {
                symlink(String(decoding: file.content, as: UTF8.self), path)
            } else {
                guard let stream = fopen(path, "w") else { throw FileError.failed(path: path, code: errno) }
                defer { fclose(stream) }
                fwrite(file.content, 1, file.content.count, stream)
            }
        }
    }

    private static func name(_ random: inout SeededGenerator, _ known: [String]) -> String {
        switch Int.random(in: 0..<8, using: &random) {
        case 0, 1, 2: return known.pick(&random)
        case 3, 4: return harmless.pick(&random)
        case 5: return beginnings.pick(&random) + harmless.pick(&random)
        case 6: return known.pick(&random) + endings.pick(&random)
        default:
            let name = known.pick(&random)
            return Bool.random(using: &random) ? name.lowercased() : beginnings.pick(&random) + endings.pick(&random)
        }
    }

    private static func value(_ random: inout SeededGenerator) -> [UInt8] {
        var value: [UInt8] = []
        for _ in 0..<Int.random(in: 0..<7, using: &random) {
            switch Int.random(in: 0..<10, using: &random) {
            case 0: value.append(UInt8.random(in: 0...255, using: &random))
            case 1, 2, 3: value += "http://localhost:\(Int.random(in: 6999...7020, using: &random))/".utf8
            default: value += pieces.pick(&random).utf8
            }
        }
        if Int.random(in: 0..<400, using: &random) == 0 {
            let piece = Array(pieces.pick(&random).utf8)
            for _ in 0..<Int.random(in: 0..<20000, using: &random) { value += piece }
        }
        return value
    }

    private static func dotenv(_ random: inout SeededGenerator, _ known: [String]) -> [UInt8] {
        var text: [UInt8] = []
        for _ in 0..<Int.random(in: 0..<12, using: &random) {
            text += ["", "export ", " ", "\u{FEFF}"].pick(&random).utf8
            text += name(&random, known).utf8
            text += ["=", "=", "=", ": ", " = "].pick(&random).utf8
            let quote = Array(["", "'", "\"", "`"].pick(&random).utf8)
            text += quote + value(&random) + quote
            text += ["\n", "\n", "\r\n", " # c\n"].pick(&random).utf8
        }
        return text
    }

    private static func compose(_ random: inout SeededGenerator, _ known: [String]) -> [UInt8] {
        var text = "services:\n"
        for index in 0..<Int.random(in: 1..<5, using: &random) {
            // A name twice is no project.
            let service = index == 0 ? services.pick(&random) : "s\(index)"
            text += "  \(JSONValue.string(service).text): {image: x, "
            if Int.random(in: 0..<4, using: &random) == 0 { text += "env_file: [more.env], " }
            var ports = ""
            for _ in 0..<Int.random(in: 0..<4, using: &random) {
                let port = Int.random(in: movedPorts, using: &random)
                let published =
                    switch Int.random(in: 0..<4, using: &random) {
                    case 0: "\(port)"
                    case 1: "${\(name(&random, known))}"
                    default: "${\(name(&random, known)):-\(port)}"
                    }
                ports += (ports.isEmpty ? "" : ", ") + JSONValue.string("\(published):80").text
            }
            text += "ports: [\(ports)]}\n"
        }
        if Int.random(in: 0..<30, using: &random) == 0 {
            text += "x-long: \"\(String(repeating: pieces.pick(&random).filter { $0.isLetter }, count: 30000))\"\n"
        }
        var bytes = Array(text.utf8)
        if Int.random(in: 0..<8, using: &random) == 0 {
            bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
        }
        return bytes
    }
}

extension [String] {
    fileprivate func pick(_ random: inout SeededGenerator) -> String { self[Int.random(in: 0..<count, using: &random)] }
}
