import PortrunBase
import PortrunKit

/// A portserver that this process has started for its command, and that ends with this process.
final class LaunchedPortserver {
    /// What the command's `PORTSERVER_ADDRESS` is.
    let address: String
    /// Its end ends the server, however this process ends.
    private let lifeline: Int32

    /// Listens, so that the command finds it from its first moment on, and starts the server.
    ///
    /// - Parameter registry: the path of the registry's file.
    init(in state: StateFolder, registry: String, _ system: System) throws {
        guard let pipe = Pipe() else { throw PortserverError.notStarted(code: errno) }
        lifeline = pipe.input
        defer { close(pipe.output) }
        let (address, listener) = try Self.listen(in: state)
        self.address = address
        // Out of the way of the numbers that the server has them under.
        let input = fcntl(pipe.output, F_DUPFD_CLOEXEC, 10)
        let socket = fcntl(listener.descriptor, F_DUPFD_CLOEXEC, 10)
        defer {
            close(input)
            close(socket)
        }
        guard input >= 0, socket >= 0, let executable = ExecutedFile.path else {
            throw PortserverError.notStarted(code: errno)
        }
        let words = ["portrun", "portserver", "--inherited", "--registry=\(registry)"]
        let start = ProgramStart(Array(executable.utf8), system.environment, in: .ownGroup)
        let child = start.spawn(words.map { Array($0.utf8) }) { actions in
            posix_spawn_file_actions_adddup2(actions, input, STDIN_FILENO)
            posix_spawn_file_actions_adddup2(actions, socket, LocalListener.inheritedDescriptor)
            // Whoever reads what the command prints does not wait for the server.
            posix_spawn_file_actions_addopen(actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
        }
        guard child != nil else { throw PortserverError.notStarted(code: errno) }
    }

    deinit { close(lifeline) }

    private static func listen(in state: StateFolder) throws -> (String, LocalListener) {
        #if os(Linux)
            // Nobody but this process takes a name with its pid; where somebody does all the same there are others.
            for attempt in 0..<100 {
                let address = LocalSocketAddress("@portrun-portserver-\(getpid())-\(attempt)")
                do throws(LocalListenerError) {
                    return (address.text, try LocalListener(on: address))
                } catch .taken {}
            }
            throw PortserverError.notStarted(code: EADDRINUSE)
        #else
            let address = LocalSocketAddress(state.path + "/portserver-\(getpid())")
            return (address.text, try LocalListener(on: address))
        #endif
    }
}
