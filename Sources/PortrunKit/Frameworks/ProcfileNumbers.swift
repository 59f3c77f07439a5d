import PortrunBase

/// The numbers that a runner may give as `PORT` to the processes of a folder's Procfiles, whoever starts it: the first one,
/// and those by hundreds above it.
struct ProcfileNumbers {
    private(set) var ports: [PortRange] = []

    /// First ones without a word of the project's: those of the runners, and of the `bin/dev` of Rails.
    private static let usual = [5000, 3000]
    private static let step = 100
    /// Of files, and of processes in all of them: a search for a free port avoids each number.
    private static let (fileLimit, processLimit) = (16, 32)

    init(in folder: String, _ look: Look) {
        let names = look.names(in: folder, for: folder) ?? []
        var count = 0
        for name in names.filter(Self.isProcfile).prefix(Self.fileLimit) {
            count = max(count, Self.processCount(of: "\(folder)/\(name)", look))
        }
        guard count > 0 else { return }
        var starts = Self.usual
        for name in names.filter({ $0 == ".env" || $0.hasPrefix(".env.") }).prefix(Self.fileLimit) {
            let path = "\(folder)/\(name)"
            guard let bytes = ConfiguredPort.read(path, look) else { continue }
            for variable in DotenvReader(bytes, path: path, look).variables
            where variable.name == "PORT" || variable.name == "OVERMIND_PORT" {
                if let port = Port(String(decoding: variable.value, as: UTF8.self)) { starts.append(Int(port.number)) }
            }
        }
        for start in starts.prefix(Self.fileLimit) {
            for index in 0..<min(count, Self.processLimit) {
                if let port = Port(start + index * Self.step) { ports.append(PortRange(port)) }
            }
        }
    }

    private static func isProcfile(_ name: String) -> Bool { name == "Procfile" || name.hasPrefix("Procfile.") }

    private static func processCount(of path: String, _ look: Look) -> Int {
        var count = 0
        _ = ConfiguredPort.forEachLine(of: path, look) { line, _ in
            let (name, command) = String(line).parts(at: ":")
            let isName = !name.isEmpty && name.utf8.allSatisfy { Environment.isPart($0) || $0 == UInt8(ascii: "-") }
            if isName, command != nil { count += 1 }
        }
        return count
    }
}
