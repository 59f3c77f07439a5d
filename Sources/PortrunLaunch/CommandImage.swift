import CLaunch
import PortrunBase

/// A command in the memory layout of execve(2).
///
/// The child of a fork may not allocate (signal-safety(7)), so the list of files to try, the arguments for a script
/// without `#!` and the place for a pid are made here. All of it is one piece of memory.
struct CommandImage: ~Copyable {
    let image: UnsafeMutablePointer<portrun_image>
    /// The first free byte.
    private var end: UnsafeMutableRawPointer

    /// - Parameter isForked: it will run in another process than this one, so a `LISTEN_PID` that names this one has to
    ///   name the other: else sd_listen_fds(3) does not take the sockets that both inherit.
    init(_ command: Command, _ signals: SignalState, isForked: Bool) {
        let size =
            MemoryLayout<portrun_image>.stride + Self.size(of: command.candidates)
            + 2 * Self.size(of: command.arguments) + Self.size(of: command.environment.entries) + 128
        let start = UnsafeMutableRawPointer.allocate(
            byteCount: size, alignment: MemoryLayout<portrun_image>.alignment)
        image = start.bindMemory(to: portrun_image.self, capacity: 1)
        image.initialize(to: portrun_image())
        end = start + MemoryLayout<portrun_image>.stride
        image.pointee.changed = signals.changed
        image.pointee.ignored = signals.ignored
        image.pointee.blocked = signals.blocked
        image.pointee.candidates = list(command.candidates)
        image.pointee.arguments = list(command.arguments)
        image.pointee.script_arguments = list([Array("/bin/sh".utf8), []] + command.arguments.dropFirst())
        image.pointee.environment = list(command.environment.entries)
        if isForked { prepareListenPID(command.environment) }
        fill(command.sockets)
    }

    deinit { image.deallocate() }

    private func fill(_ sockets: [Int32]) {
        withUnsafeMutableBytes(of: &image.pointee.sockets) { place in
            sockets.withUnsafeBytes { place.copyMemory(from: $0) }
        }
        image.pointee.socket_count = Int32(sockets.count)
    }

    private mutating func prepareListenPID(_ environment: Environment) {
        let prefix = Array("LISTEN_PID=".utf8)
        guard environment.bytes(of: "LISTEN_PID")?.elementsEqual(String(getpid()).utf8) == true,
            let index = environment.entries.firstIndex(where: { $0.starts(with: prefix) })
        else { return }
        let entry = string(prefix, room: 21)
        image.pointee.environment[index] = entry
        image.pointee.listen_pid = entry + prefix.count
    }

    /// How many bytes `list` takes for `entries`, at most.
    private static func size(of entries: [[UInt8]]) -> Int {
        var size = 2 * MemoryLayout<UnsafeRawPointer>.stride
        for entry in entries { size += entry.count + 1 + MemoryLayout<UnsafeRawPointer>.stride }
        return size
    }

    private mutating func list(_ entries: [[UInt8]]) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> {
        let start = end.alignedUp(for: UnsafeMutablePointer<CChar>?.self)
        let list = start.bindMemory(to: UnsafeMutablePointer<CChar>?.self, capacity: entries.count + 1)
        end = UnsafeMutableRawPointer(list + entries.count + 1)
        for (index, entry) in entries.enumerated() { (list + index).initialize(to: string(entry)) }
        (list + entries.count).initialize(to: nil)
        return list
    }

    private mutating func string(_ bytes: [UInt8], room: Int = 1) -> UnsafeMutablePointer<CChar> {
        let string = end.bindMemory(to: CChar.self, capacity: bytes.count + room)
        end += bytes.count + room
        bytes.withUnsafeBytes { UnsafeMutableRawBufferPointer(start: string, count: bytes.count).copyMemory(from: $0) }
        string[bytes.count] = 0
        return string
    }
}
