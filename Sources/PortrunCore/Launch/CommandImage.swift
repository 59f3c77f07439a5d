import CLaunch

/// A command in the memory layout of execve(2), complete before the fork.
///
/// The child of a fork may not allocate (signal-safety(7)), so the list of files to try, the arguments for a script
/// without `#!` and the place for a pid are made here.
struct CommandImage: ~Copyable {
    private(set) var image: portrun_image
    private var strings: [UnsafeMutablePointer<CChar>] = []
    private var lists: [UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>] = []

    /// - Parameter forked: The command will run in another process than this one, so a `LISTEN_PID` that names this
    ///   one has to name the other: else sd_listen_fds(3) does not take the sockets that both inherit.
    init(_ command: Command, _ signals: SignalState, forked: Bool) {
        image = portrun_image()
        image.changed = signals.changed
        image.ignored = signals.ignored
        image.blocked = signals.blocked
        image.candidates = list(command.candidates)
        image.arguments = list(command.arguments)
        let scriptArguments = list([Array("/bin/sh".utf8), []] + command.arguments.dropFirst())
        image.script_arguments = scriptArguments
        image.environment = list(command.environment.entries)
        if forked { prepareListenPID(command.environment) }
    }

    deinit {
        for string in strings { string.deallocate() }
        for list in lists { list.deallocate() }
    }

    private mutating func prepareListenPID(_ environment: Environment) {
        let prefix = Array("LISTEN_PID=".utf8)
        guard environment.bytes(of: "LISTEN_PID")?.elementsEqual(String(getpid()).utf8) == true,
            let index = environment.entries.firstIndex(where: { $0.starts(with: prefix) })
        else { return }
        let entry = string(prefix, room: 21)
        image.environment[index] = entry
        image.listen_pid = entry + prefix.count
    }

    private mutating func list(_ entries: [[UInt8]]) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> {
        let list = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: entries.count + 1)
        lists.append(list)
        for (index, entry) in entries.enumerated() { (list + index).initialize(to: string(entry)) }
        (list + entries.count).initialize(to: nil)
        return list
    }

    private mutating func string(_ bytes: [UInt8], room: Int = 1) -> UnsafeMutablePointer<CChar> {
        let string = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count + room)
        strings.append(string)
        for (index, byte) in bytes.enumerated() { string[index] = CChar(bitPattern: byte) }
        string[bytes.count] = 0
        return string
    }
}
