import ArgumentParser
import PortrunBase
import PortrunKit
import PortrunLaunch

/// From argv to the exit status; the one place that prints errors.
struct Program {
    let system: System
    /// The call, when portrun was called in the place of a compose tool; else nil.
    let shim: ShimCall?

    /// - Returns: the exit status. Does not return when the command died of a signal or replaced portrun.
    func run() -> Int32 {
        let words = shim?.launch(in: system.environment) ?? ProcessArguments.words
        do {
            if let shim { return try launch(options(of: shim, words)) }
            return try dispatch(words)
        } catch {
            return tell(error, words)
        }
    }

    /// - Returns: the exit status. `--help`, `--version` and the completions come here as errors, too.
    private func tell(_ error: any Error, _ words: [String]) -> Int32 {
        let failure: any ReportableError
        if let error = error as? any ReportableError {
            failure = error
        } else if Portrun.exitCode(for: error) == .success {
            do throws(OutputError) {
                try Report.output(CompletionScript.completed(Portrun.fullMessage(for: error) + "\n", for: words))
                return 0
            } catch {
                failure = error
            }
        } else {
            failure = UsageError(parserError: error, words: words)
        }
        Report.error(failure)
        return failure.exitStatus
    }

    /// The options of a launch in the place of a tool: what a portrun further out has left in the environment, or somebody
    /// else, so that nothing in it may change what is run.
    private func options(of shim: ShimCall, _ words: [String]) throws -> RunOptions {
        var options: RunOptions?
        let count = words.prefix { $0 != "--" }.count
        if case .run(let fast)? = FastPath(words) {
            options = fast
        } else if count <= Self.wordLimit {
            ProcessArguments.completeStart()
            options = (try? Portrun.parseAsRoot(words) as? RunCommand)?.options
        }
        guard let options, options.commandSize == shim.words.count else {
            throw UsageError.inherited(variable: ShimSettings.optionsVariable)
        }
        return options
    }

    /// `portrun -q -- COMMAND` means `portrun run -q -- COMMAND`.
    private static let impliedCommand = "run"

    /// The most words before `--` that are read: ArgumentParser takes time by the square of their number.
    private static let wordLimit = 4096

    private func dispatch(_ typed: [String]) throws -> Int32 {
        let isImplied = typed.first?.hasPrefix("-") == true && typed.contains("--")
        let words = isImplied ? [Self.impliedCommand] + typed : typed
        switch FastPath(words) {
        case .run(let options): return try launch(options)
        case .export(let options): return try options.run(in: system)
        case .get(let options): return try options.run(in: system)
        case nil: break
        }
        let count = words.prefix { $0 != "--" }.count
        guard count <= Self.wordLimit else { throw UsageError.tooManyWords(count: count, limit: Self.wordLimit) }
        // ArgumentParser would print the help of portrun itself.
        if words.first == "help", words.count > 1, let problem = UsageError(asking: words[1]) { throw problem }
        ProcessArguments.completeStart()
        switch try Portrun.parseAsRoot(words) {
        case let command as RunCommand:
            return try launch(command.options)
        case let command as any Subcommand: return try command.run(in: system)
        case var command:
            // `--help`, `--version` and the completions throw what is to be printed.
            try command.run()
            return 0
        }
    }

    private func launch(_ options: RunOptions) throws -> Int32 {
        let arguments = Self.lastArguments(options.commandSize)
        let words = shim?.words ?? arguments.map { String(decoding: $0, as: UTF8.self) }
        let invocation = Invocation(
            arguments: arguments, words: words,
            composeFile: try StandardInput.composeFile(of: words, options.launch, system), candidates: shim?.candidates)
        // Before anything is booked: from here on no signal is lost; one that ends portrun leaves no child behind.
        let signals = SignalState.capture()
        let pipeline = RunPipeline(options: options, invocation: invocation, system: system)
        do {
            switch try pipeline.run(signals) {
            case .exited(let status): return status
            case .signalled(let signal): Ending.signalled(signal).mirror()
            }
        } catch {
            // What cut the preparation short is the reason, and not what it missed then.
            signals.releaseEnding()
            guard let error = error as? any ReportableError, error.exitStatus == 1 else { throw error }
            // A clean «no» elsewhere; here it would be taken for the command's own status.
            Report.error(error)
            return 125
        }
    }

    /// The last `count` words of argv, byte for byte.
    private static func lastArguments(_ count: Int) -> [[UInt8]] {
        (ProcessArguments.count - count..<ProcessArguments.count).compactMap { index in
            ProcessArguments.vector[index].map { Array(UnsafeRawBufferPointer(start: $0, count: strlen($0))) }
        }
    }
}
