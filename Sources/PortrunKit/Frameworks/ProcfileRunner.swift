import PortrunBase

/// A program that runs the processes of a Procfile, and gives each a `PORT` of its own.
///
/// What is said of them is from their sources: foreman's `lib/foreman/cli.rb` and `engine.rb`, honcho's `command.py` and
/// `environ.py`, overmind's and hivemind's `main.go`, goreman's `main.go`.
enum ProcfileRunner: String, Sendable, Equatable {
    case foreman, honcho, overmind, hivemind, goreman

    /// What a flag is for.
    enum Flag: Equatable {
        case file, root, port, step, envFiles, formation
        /// The processes to run, and those not to run.
        case only, except
        case noPort
        /// Another one with a value.
        case valued
    }

    /// nil for flags without a value.
    func flag(_ name: String) -> Flag? {
        switch (self, name) {
        case (.goreman, "-f"), (.goreman, "--f"): .file
        case (.goreman, "-basedir"), (.goreman, "--basedir"): .root
        case (.goreman, "-b"), (.goreman, "--b"): .port
        case (.goreman, "-p"), (.goreman, "--p"): .valued
        case (.goreman, "-env"), (.goreman, "--env"): .envFiles
        case (.goreman, _): nil
        case (.hivemind, "-f"), (.hivemind, "--procfile"): nil
        case (_, "-f"), (_, "--procfile"): .file
        case (.honcho, "-d"), (.honcho, "--app-root"): .root
        case (_, "-d"), (_, "--root"): .root
        case (_, "-p"), (_, "--port"): .port
        case (.foreman, "-e"), (.foreman, "--env"), (.honcho, "-e"), (.honcho, "--env"): .envFiles
        case (.foreman, "-m"), (.foreman, "--formation"), (.overmind, "-m"), (.overmind, "--formation"): .formation
        case (.honcho, "-c"), (.honcho, "--concurrency"): .formation
        case (.foreman, "-t"), (.foreman, "--timeout"), (.honcho, "-q"), (.honcho, "--quiet"): .valued
        case (.foreman, _), (.honcho, _): nil
        case (_, "-P"), (_, "--port-step"): .step
        case (_, "-l"), (_, "--processes"): .only
        case (_, "-x"), (_, "--ignored-processes"): .except
        case (.overmind, "-N"), (.overmind, "--no-port"): .noPort
        case (_, "-w"), (_, "--title"), (_, "-t"), (_, "--timeout"), (_, "-s"), (_, "--socket"), (_, "-c"),
            (_, "--can-die"), (_, "-r"), (_, "--auto-restart"), (_, "-b"), (_, "--colors"), (_, "-i"),
            (_, "--stop-signals"), (_, "--formation-port-step"), (_, "--tmux-config"), (_, "--shell"):
            .valued
        default: nil
        }
    }

    /// The words of which one starts the processes; empty for a runner that does nothing else.
    var starts: [String] {
        switch self {
        case .foreman, .honcho, .goreman: ["start"]
        case .overmind: ["start", "s"]
        case .hivemind: []
        }
    }

    /// The flag for the Procfile; nil where it is a word of its own.
    var fileFlag: String? { self == .hivemind ? nil : "-f" }

    /// The flag for the processes' folder, where that is else the Procfile's.
    var rootFlag: String? {
        switch self {
        case .foreman, .overmind, .hivemind: "-d"
        case .honcho, .goreman: nil
        }
    }

    /// True where the last of two flags holds, and may stand behind the word that starts the processes.
    var takesLastFlag: Bool {
        switch self {
        case .foreman, .honcho, .overmind: true
        case .hivemind, .goreman: false
        }
    }

    /// True for flags that stand before the word that starts the processes.
    var hasFlagsFirst: Bool { self == .goreman || self == .hivemind }

    /// The file that has its settings; one that goreman finds beats its flags.
    var settingsFile: String? {
        switch self {
        case .foreman: ".foreman"
        case .goreman: ".goreman"
        case .honcho, .overmind, .hivemind: nil
        }
    }

    /// Where the first port comes from, the best first; the flag stands for the one on its command line.
    var portSources: [PortSource] {
        switch self {
        case .foreman: [.flag, .envFiles("PORT"), .environment("PORT")]
        case .honcho: [.envFiles("PORT"), .flag, .environment("PORT")]
        case .overmind: [.flag, .envFiles("OVERMIND_PORT"), .environment("OVERMIND_PORT")]
        case .hivemind: [.flag, .environment("HIVEMIND_PORT"), .environment("PORT")]
        case .goreman: [.flag]
        }
    }

    enum PortSource: Equatable {
        case flag
        case envFiles(String)
        case environment(String)
    }

    /// The env files that it reads where none are named.
    var usualEnvFiles: [String] {
        switch self {
        case .foreman, .honcho, .goreman: [".env"]
        case .overmind: [".env", ".overmind.env"]
        case .hivemind: []
        }
    }

    /// What env files say wins over what is set.
    var envFilesWin: Bool {
        switch self {
        case .foreman, .honcho, .overmind: true
        case .hivemind, .goreman: false
        }
    }
}
