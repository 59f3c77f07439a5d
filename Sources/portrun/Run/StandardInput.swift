import PortrunBase
import PortrunCompose
import PortrunKit

/// Standard input where it is a file that portrun reads: a compose file, as in `docker compose -f - up`, or a list.
enum StandardInput {
    /// The compose file that a command is given there, if any.
    ///
    /// Compose reads all of it before anything else, and so does portrun: while signals still have their effect.
    static func composeFile(
        of words: [String], _ options: LaunchOptions, _ system: System
    ) throws(StandardInputError) -> [UInt8]? {
        guard options.isDiscovering, system.environment["PORTRUN"] != "0", words.contains("-"),
            let command = ComposeCommand(words), command.files.contains("-")
        else { return nil }
        return try readAgain()
    }

    /// All of it.
    static func content() throws(StandardInputError) -> [UInt8] {
        var content: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = read(STDIN_FILENO, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw StandardInputError(code: errno) }
            if count == 0 { return content }
            content += chunk[..<count]
        }
    }

    /// Reads it to its end, as compose does, and puts a file with the same bytes in its place.
    private static func readAgain() throws(StandardInputError) -> [UInt8] {
        guard let file = tmpfile() else { throw StandardInputError(code: errno) }
        defer { fclose(file) }
        let content = try content()
        guard write(fileno(file), content, content.count) == content.count,
            lseek(fileno(file), 0, SEEK_SET) == 0, dup2(fileno(file), STDIN_FILENO) >= 0
        else { throw StandardInputError(code: errno) }
        return content
    }
}

/// Standard input could not be read, or not be kept for compose, which reads it again.
struct StandardInputError: ReportableError {
    /// The errno value.
    let code: Int32

    var message: String { "cannot read standard input: \(String(cString: strerror(code)))" }
}
