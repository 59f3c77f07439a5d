import PortrunBase
import PortrunKit
import PortrunLaunch
import PortrunRegistry

/// A call of portrun in the place of a tool that tells who listens on a port, through a link in a `ShimFolder`: a script of
/// a linked worktree that ends what has a number is to find its own server, and not the main worktree's.
struct PortToolCall {
    private let question: PortQuestion
    private let candidates: [[UInt8]]

    /// The call that this process is; nil for any other.
    static func current() -> PortToolCall? {
        ExecutedFile.calledName.flatMap(PortTool.init(named:)).map(PortToolCall.init)
    }

    private init(_ tool: PortTool) {
        question = PortQuestion(tool, Array(ProcessArguments.words), services: ServiceNumbers.ofSystem)
        candidates = ShimCall.candidates(for: tool.rawValue)
    }

    private var name: String { question.tool.rawValue }

    /// True where the call is about a port, and portrun is not switched off.
    var concernsPorts: Bool {
        if let setting = getenv("PORTRUN"), strcmp(setting, "0") == 0 { return false }
        return question.concernsPorts
    }

    /// Replaces this process by the tool, as if portrun were not there.
    func passThrough() -> LaunchError { ShimCall.becomeTool(name, candidates) }

    /// Runs the tool for this checkout's own ports.
    ///
    /// - Returns: the exit status. Does not return where the tool takes this process's place.
    func run(in system: System) -> Int32 {
        guard let here = portsHere(in: system) else { return tell(passThrough()) }
        // What somebody sees on a terminal is the machine's.
        let isRead = isatty(STDOUT_FILENO) == 0
        let words = question.arguments(for: here, isLeavingOut: isRead)
        if !ShimSettings.options(in: system.environment).contains("--quiet") {
            let file = candidates.first(where: FileSystem.isExecutable)
            let notices = PortToolNotices(
                question, here, isRead: isRead, machines: file.map { String(decoding: $0, as: UTF8.self) })
            for notice in notices.all { Report.notice(notice) }
        }
        let isListed = question.answer == .list || question.answer == .fields
        if isListed, isRead, let file = candidates.first(where: FileSystem.isExecutable) {
            let program = CapturedProgram(file, environment: system.environment)
            let (status, output) = program.run([name] + words, until: Deadline(after: Self.patience), isAttended: true)
            guard let status else { return tell(passThrough()) }
            // Who reads no more ends the tool, too.
            let told = PortListing(question, here).told(output)
            return FileSystem.writeAll(Array(told.utf8), to: STDOUT_FILENO) ? status : 1
        }
        let command = Command(
            arguments: ([name] + words).map { Array($0.utf8) }, environment: system.environment,
            candidates: candidates)
        do throws(LaunchError) {
            try Launcher.replace(with: command, SignalState.capture())
        } catch {
            return tell(error)
        }
    }

    /// A list of a machine's sockets takes seconds at most, unless names are asked for.
    private static let patience: Duration = .seconds(120)

    /// nil where anything is unknown, or every number is this checkout's: the tool then tells what it would without portrun.
    private func portsHere(in system: System) -> PortsHere? {
        let options = ShimSettings.options(in: system.environment)
        let path = options.compactMap { $0.rest(after: "--registry=") as String? }.first
        guard let location = try? RegistryLocation(option: path, system: system),
            var checkout = try? Checkout(system, location: location),
            let registry = try? checkout.openRegistry(isQuiet: true)
        else { return nil }
        // A script may have gone elsewhere: its numbers are still the launch's.
        if let folder = try? checkout.folderOfLaunchAround(in: registry) {
            var there = system
            there.workingDirectory = folder
            guard let launched = try? Checkout(there, location: location) else { return nil }
            checkout = launched
        }
        // A list has all that listens.
        let wanted = question.asked.isEmpty || question.tool == .ss ? nil : question.asked.map(\.ports)
        guard let here = try? checkout.portsHere(of: wanted, in: registry), !here.isEmpty else { return nil }
        return here
    }

    private func tell(_ error: LaunchError) -> Int32 {
        Report.error(error)
        return error.exitStatus
    }
}
