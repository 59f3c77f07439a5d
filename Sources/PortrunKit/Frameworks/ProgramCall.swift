import PortrunBase

/// A command of a script, as far as it tells whether its program binds what it names.
struct ProgramCall {
    /// The program's name, without folder, behind `sudo`, `env`, `npx` and their kin; empty for assignments alone.
    private(set) var program = ""
    private(set) var arguments: ArraySlice<ScriptWord> = []
    /// What a shell is to run: the text of `sh -c`; nil for other programs.
    private(set) var line: String?

    init(_ command: [ScriptWord]) {
        var words = command[...]
        while let word = words.first {
            words = words.dropFirst()
            if Self.openings.contains(word.text) || Self.isAssignment(word.text) { continue }
            program = Path.lastName(word.text)
            arguments = words
            if ["npx", "pnpx", "bunx"].contains(program) {
                words = words.skippingFlags(valued: ["-p", "--package", "-c", "--call"])
                continue
            }
            let runner = Runner(program: program)
            switch runner?.reading(words) {
            case .command(let inner), .assigned(let inner): words = inner
            case .program(let name, let inner):
                (program, arguments) = (name, inner)
                return
            case .text(let place):
                if case .shell? = runner { line = words[place].text }
                return
            case .packages, .together, .processes, .nothing, nil: return
            }
        }
    }

    /// True for a command that binds nothing, and for a shell's line of such commands alone.
    static func bindsNothing(_ command: [ScriptWord]) -> Bool {
        let call = ProgramCall(command)
        guard let line = call.line else { return call.bindsNothing }
        // What stands in one of these runs, too.
        if ["`", "$(", "<(", ">("].contains(where: line.contains) { return false }
        let commands = ShellScript(line).commands
        return !commands.isEmpty && commands.allSatisfy { ProgramCall($0).program.isEmpty || bindsNothing($0) }
    }

    /// True for a command that asks a server and binds nothing, and for a shell's line of such commands alone, as far as
    /// they are more than tools for files.
    static func isClient(_ command: [ScriptWord]) -> Bool {
        bindsNothing(command) && has(command) { sockets.contains($0) || clients.contains($0) }
    }

    /// True for a command that may end a server, and for a shell's line with one.
    static func endsPrograms(_ command: [ScriptWord]) -> Bool { has(command, killers.contains) }

    /// True where the program is of a kind, or one in a shell's line.
    private static func has(_ command: [ScriptWord], _ kind: (String) -> Bool) -> Bool {
        let call = ProgramCall(command)
        guard let line = call.line else { return kind(call.program) }
        return ShellScript(line).commands.contains { has($0, kind) }
    }

    var isContainerEngine: Bool { ["docker", "podman", "nerdctl", "docker-compose"].contains(program) }

    /// True for clients, tools for files and such.
    var bindsNothing: Bool {
        if Self.sockets.contains(program) { return !isListening }
        if let servers = Self.subcommands[program] { return !arguments.contains { servers.contains($0.text) } }
        if Self.programs.contains(program) || Self.clients.contains(program) { return true }
        return FrameworkTable.find(program, arguments) == nil && namesAnotherHost
    }

    /// `nc -lk`, `ncat --listen`, `socat TCP-LISTEN:3000`
    private var isListening: Bool {
        arguments.contains { argument in
            let word = argument.text
            return word == "--listen" || word.contains("LISTEN:")
                || (word.hasPrefix("-") && !word.hasPrefix("--") && word.contains("l"))
        }
    }

    private var namesAnotherHost: Bool {
        for index in arguments.indices where arguments[index].text.hasPrefix("-") {
            let (flag, value) = arguments[index].text.parts(at: "=")
            guard flag == "-h" || flag == "--host" || flag == "--hostname" else { continue }
            let next = index + 1 < arguments.endIndex ? arguments[index + 1].text : "-"
            let host = value ?? next
            if !host.hasPrefix("-"), !host.contains("$"),
                !LocalHost.canListen(on: LocalHost.host(in: Array(host.utf8)[...]))
            {
                return true
            }
        }
        return false
    }

    private static func isAssignment(_ word: String) -> Bool {
        word.firstIndex(of: "=").map { Environment.isIdentifier(String(word[..<$0])) } ?? false
    }

    /// Words of the shell, and programs that run the command behind them.
    private static let openings = ["if", "then", "else", "elif", "while", "until", "do", "!", "{", "sudo", "doas"]

    private static let sockets = ["nc", "ncat", "netcat", "socat"]

    /// Tools of which only these subcommands listen, or run what may.
    private static let subcommands = [
        "git": ["daemon", "instaweb", "bisect", "foreach", "--exec", "-x"],
        "gh": ["codespace", "cs", "webhook", "extension", "ext"],
    ]

    /// Those of servers, which others start.
    private static let clients = [
        "curl", "wget", "http", "https", "grpcurl", "wait-on", "wait-port", "wait-for", "wait-for-it",
        "wait-for-it.sh", "ab", "wrk", "hey", "k6", "autocannon", "artillery", "siege", "lighthouse", "newman",
        "open", "xdg-open", "open-cli", "ngrok", "lt", "localtunnel", "cloudflared", "stripe", "smee", "xh",
        "httpie", "oha", "vegeta", "nmap", "websocat", "wscat", "httping", "tcping", "dig",
    ]

    private static let killers = ["kill", "pkill", "killall", "skill", "xkill", "fuser", "kill-port", "fkill"]

    private static let programs = [
        // To other machines.
        "ssh", "scp", "sftp", "autossh", "mosh", "rsync", "telnet", "ssh-keyscan", "ssh-copy-id",
        // To databases.
        "psql", "pgcli", "pgbench", "pg_dump", "pg_dumpall", "pg_restore", "pg_isready", "createdb", "dropdb",
        "createuser", "dropuser", "vacuumdb", "mysql", "mysqldump", "mysqladmin", "mysqlimport", "mycli", "mariadb",
        "mariadb-dump", "mariadb-admin", "redis-cli", "valkey-cli", "mongo", "mongosh", "mongodump", "mongorestore",
        "mongoimport", "mongoexport", "mongostat", "mongotop", "clickhouse-client", "cqlsh", "sqlcmd", "mysqlsh",
        "mysqlshow", "mysqlcheck", "mysqlslap", "mariadb-import", "litecli", "iredis", "redis-benchmark", "usql",
        "cypher-shell", "influx", "pgloader", "pg_basebackup", "pg_recvlogical", "reindexdb", "clusterdb", "mongofiles",
        "dbmate", "flyway", "liquibase", "sqitch",
        // To queues and stores.
        "kcat", "kafkacat", "rabbitmqadmin", "nats", "mosquitto_pub", "mosquitto_sub", "etcdctl", "ldapsearch", "swaks",
        "sendmail", "aws",
        // Files and processes.
        "mkdir", "cp", "mv", "rm", "ls", "install", "tar", "unzip", "patch", "touch", "sed", "grep", "awk", "cat",
        "echo", "printf", "test", "[", "[[", "ps", "kill", "pkill", "killall", "pgrep", "kill-port", "fkill", "lsof",
        "fuser",
        "ss", "netstat", "sleep", "true", "false", ":", "pwd", "cd", "head", "tail", "wc", "sort", "uniq", "cut", "tr",
        "diff", "cmp", "du", "df", "stat", "file", "tree", "less", "chmod", "ln", "date", "which", "rg", "jq", "yq",
        // Tests, whose servers have ports of their own.
        "pytest", "py.test",
    ]
}
