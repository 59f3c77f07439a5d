import PortrunBase
import PortrunCompose
import PortrunKit
import PortrunLaunch

/// A call of portrun in the place of a compose tool, through a link in a `ShimFolder`.
struct ShimCall {
    let tool: ComposeTool
    /// The files that may be the tool itself: those of its name in the folders of `PATH` after the last with the link.
    ///
    /// Nothing before counts, so that the shims of several portruns in one `PATH` call each other in order and none
    /// twice.
    let candidates: [[UInt8]]

    /// The call that this process is; nil when portrun was called by a name of its own.
    ///
    /// What counts is the file that was executed, and not `argv[0]`, which a caller may choose freely.
    static func current() -> ShimCall? {
        ExecutedFile.calledName.flatMap(ComposeTool.init(named:)).map(ShimCall.init)
    }

    private init(_ tool: ComposeTool) {
        self.tool = tool
        candidates = Self.candidates(for: tool.rawValue)
    }

    /// The files of `name` in the folders of `PATH` after the last with a link to this program.
    static func candidates(for name: String) -> [[UInt8]] {
        let path = getenv("PATH").map { SearchPath(Array(UnsafeRawBufferPointer(start: $0, count: strlen($0)))[...]) }
        let own = ExecutedFile.identity
        return (path ?? SearchPath(Environment())).candidates(for: Array(name.utf8)) { file in
            own != nil && FileIdentity(of: file) == own
        }.filter { own == nil || FileIdentity(of: $0) != own }
    }

    /// The words of the command as if it had been called by the tool's name.
    var words: [String] { [tool.rawValue] + ProcessArguments.words }

    /// True when the command addresses a compose project, or names or publishes something, and portrun is not switched
    /// off.
    ///
    /// Cheap for all else: nothing is read or made but the arguments.
    var addressesProject: Bool {
        if let setting = getenv("PORTRUN"), strcmp(setting, "0") == 0 { return false }
        let words = words
        if tool.isComposeItself || Self.hasArgument("compose"), let command = ComposeCommand(words) {
            return command.addressesProject
        }
        return DockerCommand(words) != nil
    }

    /// The command line of portrun that does what this call is for.
    func launch(in environment: Environment) -> [String] {
        ["run"] + ShimSettings.options(in: environment) + ["--exec", "--", tool.rawValue] + ProcessArguments.words
    }

    /// Replaces this process by the tool, as if portrun were not there.
    ///
    /// Nothing may have been changed about signals so far.
    func passThrough() -> LaunchError { Self.becomeTool(tool.rawValue, candidates) }

    static func becomeTool(_ name: String, _ candidates: [[UInt8]]) -> LaunchError {
        let code = Launcher.replaceUnchanged(by: candidates)
        return LaunchError(
            command: Command(
                arguments: [Array(name.utf8)], environment: Environment(), candidates: candidates),
            code: code)
    }

    private static func hasArgument(_ word: String) -> Bool {
        for index in 1..<max(ProcessArguments.count, 1) {
            if let argument = ProcessArguments.vector[index], strcmp(argument, word) == 0 { return true }
        }
        return false
    }
}
