import PortrunBase
import PortrunKit
import PortrunLaunch
import PortrunRegistry

/// A call of portrun in the place of a tool that tells who listens on a port, through a link in a `ShimFolder`: a script of
/// a linked worktree that ends what has a number is to find its own server, and not the main worktree's.
struct PortToolCall {
    let tool: PortTool

    /// The call that this process is; nil for any other.
    static func current() -> PortToolCall? {
        ExecutedFile.calledName.flatMap(PortTool.init(named:)).map(PortToolCall.init)
    }

    /// True where the call is about a port, and portrun is not switched off.
    var concernsPorts: Bool {
        if let setting = getenv("PORTRUN"), strcmp(setting, "0") == 0 { return false }
        return !question.ports.isEmpty || isListing
    }

    /// Replaces this process by the tool, as if portrun were not there.
    func passThrough() -> LaunchError { ShimCall.becomeTool(tool.rawValue, candidates) }

    /// Runs the tool for this checkout's own ports.
    ///
    /// - Returns: the exit status. Does not return where the tool takes this process's place.
    func run(in system: System) -> Int32 {
        let wanted = isListing ? nil : question.ports
        let numbers = numbers(of: wanted, in: system)
        guard !numbers.isEmpty else { return tell(passThrough()) }
        tellOfPorts(numbers, system)
        let words = question.arguments(replacing: numbers)
        if isListing, isatty(STDOUT_FILENO) == 0, let file = candidates.first(where: FileSystem.isExecutable) {
            let program = CapturedProgram(file, environment: system.environment)
            let (status, output) = program.run(
                [tool.rawValue] + words, until: Deadline(after: Self.patience), isAttended: true)
            guard let status else { return tell(passThrough()) }
            // Who reads no more ends the tool, too.
            return FileSystem.writeAll(Array(PortListing.told(output, numbers).utf8), to: STDOUT_FILENO) ? status : 1
        }
        let command = Command(
            arguments: ([tool.rawValue] + words).map { Array($0.utf8) }, environment: system.environment,
            candidates: candidates)
        do throws(LaunchError) {
            try Launcher.replace(with: command, SignalState.capture())
        } catch {
            return tell(error)
        }
    }

    /// A list of a machine's sockets takes seconds at most, unless names are asked for.
    private static let patience: Duration = .seconds(120)

    private var candidates: [[UInt8]] { ShimCall.candidates(for: tool.rawValue) }

    private var question: PortQuestion { PortQuestion(tool, Array(ProcessArguments.words)) }

    /// True for a call whose answer has the numbers of ports in it, and not those of processes alone.
    private var isListing: Bool {
        switch tool {
        case .ss, .netstat: true
        case .fuser: false
        case .lsof: PortQuestion.isListing(ofLsof: Array(ProcessArguments.words))
        }
    }

    /// None where anything is unknown: the tool then tells what it would without portrun.
    private func numbers(of wanted: [Port]?, in system: System) -> [Port: Port] {
        let options = ShimSettings.options(in: system.environment)
        let path = options.compactMap { $0.rest(after: "--registry=") as String? }.first
        guard let location = try? RegistryLocation(option: path, system: system),
            let checkout = try? Checkout(system, location: location),
            let registry = try? checkout.openRegistry(isQuiet: true)
        else { return [:] }
        return (try? checkout.numbersHere(of: wanted, in: registry)) ?? [:]
    }

    /// What was asked for by its number, in one line.
    private func tellOfPorts(_ numbers: [Port: Port], _ system: System) {
        let asked = question.ports.filter { numbers[$0] != nil }
        if asked.isEmpty || ShimSettings.options(in: system.environment).contains("--quiet") { return }
        let places = asked.compactMap { port in numbers[port].map { "\($0) for \(port)" } }.joined(separator: ", ")
        let machine = candidates.first(where: FileSystem.isExecutable).map {
            "; `\(TerminalText.onOneLine(String(decoding: $0, as: UTF8.self)))` asks for the machine's"
        }
        Report.notice("`\(tool.rawValue)` asks for this checkout's own \(places)" + (machine ?? ""))
    }

    private func tell(_ error: LaunchError) -> Int32 {
        Report.error(error)
        return error.exitStatus
    }
}
