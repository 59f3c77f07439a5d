import PortrunBase

/// A Procfile that a command runs, and how another one can be put in its place.
///
/// A class, since nearly no launch has one.
package final class Procfile: Sendable {
    /// Absolute.
    let path: String
    /// The folder that the processes run in, absolute.
    let root: String
    let processes: [Process]
    private let bytes: [UInt8]
    private let runner: ProcfileRunner
    private let filePlace: Place
    private let hasRoot: Bool
    /// Where the runner's words have room for a flag.
    private let flagPlace: Int
    /// What has to stand before a flag there.
    private let behind: [String]
    private let end: Int

    /// Which words a runner's flags get into.
    enum Words: Equatable {
        /// The runner's own, which the user has typed.
        case typed
        /// Those that the user has typed for a script, which hands on what comes at this place, behind further words.
        case appended(at: Int, behind: [String])
    }

    /// One that is run.
    struct Process: Sendable, Equatable {
        let name: String
        let line: String
        /// Of its command in the file, in bytes.
        let range: Range<Int>
        /// Counted from 1.
        let number: Int
        /// The `PORT` that the runner gives it; nil for none.
        let port: Port?
    }

    /// Where the Procfile's name stands on a command line.
    enum Place: Sendable, Equatable {
        case missing
        case word(Int)
        /// At the end of a word.
        case joined(Int, prefix: String)
    }

    /// nil where there is none that can be read.
    init?(
        _ command: ProcfileCommand, _ arguments: ArraySlice<ScriptWord>, _ words: Words, in folder: String,
        _ environment: Environment, _ look: Look
    ) {
        let runner = command.runner
        let settings = Self.settings(of: runner, in: folder, look)
        // Its settings beat its flags.
        if runner == .goreman, settings != nil { return nil }
        let named =
            command.file ?? (runner == .overmind ? environment["OVERMIND_PROCFILE"] : nil) ?? settings?["procfile"]
        let given = command.root ?? settings?["root"]
        let base = given.map { Path.absolute($0, in: folder) } ?? folder
        // honcho and goreman look for it in the folder that they are given.
        let start = runner == .honcho || runner == .goreman || named == nil ? base : folder
        path = Path.absolute(named ?? "Procfile", in: start)
        root = given == nil && runner.rootFlag != nil ? Path.parent(path) : base
        guard let bytes = ConfiguredPort.read(path, look) else { return nil }
        self.bytes = bytes
        self.runner = runner
        hasRoot = given != nil
        switch words {
        case .typed:
            filePlace = command.filePlace
            flagPlace = runner.hasFlagsFirst ? arguments.startIndex : (command.start ?? arguments.startIndex) + 1
            behind = []
            end = arguments.endIndex
        case .appended(let place, let before):
            filePlace = .missing
            flagPlace = place
            behind = before
            end = place
        }
        let ports = RunnerPorts(command, settings?["port"], root: root, folder: folder, environment, look)
        processes = Self.processes(in: bytes, path, ports, look)
    }

    private static func processes(
        in bytes: [UInt8], _ path: String, _ ports: RunnerPorts, _ look: Look
    ) -> [Process] {
        var processes: [Process] = []
        var (start, number, index) = (0, 0, 0)
        while start < bytes.count, look.goesOn(after: 1, in: path) {
            let next = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            var line = bytes[start..<next]
            start = next + 1
            number += 1
            if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), isName(line[..<colon]) else { continue }
            let name = String(decoding: line[..<colon], as: UTF8.self)
            let command = line[(colon + 1)...].drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
            guard !command.isEmpty else { continue }
            defer { index += 1 }
            guard ports.command.runsOne(name), let text = String(validating: command, as: UTF8.self),
                look.spend(1, of: .commands, in: path)
            else { continue }
            processes.append(
                Process(
                    name: name, line: text, range: command.startIndex..<command.endIndex, number: number,
                    port: ports.port(of: name, at: index)))
        }
        return processes
    }

    private static func isName(_ text: ArraySlice<UInt8>) -> Bool {
        !text.isEmpty && text.allSatisfy { Environment.isPart($0) || $0 == UInt8(ascii: "-") }
    }

    /// The plain `key: value` lines of a runner's settings; nil where there is no file.
    private static func settings(
        of runner: ProcfileRunner, in folder: String, _ look: Look
    ) -> [ExactString: String]? {
        guard let name = runner.settingsFile, let bytes = ConfiguredPort.read("\(folder)/\(name)", look) else {
            return nil
        }
        var settings: [ExactString: String] = [:]
        for line in TextLines(bytes) {
            let words = line.split(separator: ":", maxSplits: 1)
            guard words.count == 2 else { continue }
            settings[ExactString(String(words[0]))] = String(words[1].drop { $0 == " " })
        }
        return settings
    }

    /// The file with `edits`, none of which reaches into another, and the line that says whose it is.
    func text(_ edits: [(range: Range<Int>, text: String)], for owner: FileOwner) -> [UInt8] {
        var result = Array(owner.line(after: "#").utf8)
        var copied = 0
        for edit in edits.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            result += bytes[copied..<edit.range.lowerBound]
            result += edit.text.utf8
            copied = edit.range.upperBound
        }
        return result + bytes[copied...]
    }

    /// The runner's command line with another Procfile, whose processes run where they did.
    package func replaced(by other: String, in arguments: [[UInt8]]) -> [[UInt8]] {
        var result = arguments
        var added: [String] = []
        if let flag = runner.rootFlag, !hasRoot { added += [flag, root] }
        switch filePlace {
        case .word(let index): result[index] = Array(other.utf8)
        case .joined(let index, let prefix): result[index] = Array((prefix + other).utf8)
        case .missing:
            if let flag = runner.fileFlag {
                added += [flag, other]
            } else {
                result.insert(Array(other.utf8), at: end)
            }
        }
        result.insert(contentsOf: (behind + added).map { Array($0.utf8) }, at: flagPlace)
        return result
    }
}

extension Procfile: Equatable {
    package static func == (left: Procfile, right: Procfile) -> Bool {
        left.path == right.path && left.root == right.root && left.processes == right.processes
    }
}
