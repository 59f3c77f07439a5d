import PortrunBase

extension CommandReader {
    /// Notes the second ports of one command.
    mutating func addDebugPorts(of program: String, _ arguments: ArraySlice<ScriptWord>, by way: Way) {
        var (name, arguments) = (program, arguments)
        if let module = arguments.firstIndex(where: { $0.text == "-m" }), program.hasPrefix("py"),
            module + 1 < arguments.endIndex
        {
            name = arguments[module + 1].text
            arguments = arguments[(module + 2)...].prefix { $0.text != "-m" }
        }
        for (port, word, hasNumber) in DebugPort.all(of: name, arguments) where look.spend(1, of: .servers, in: source)
        {
            let telling: DebugPort.Telling
            switch way {
            case .typed: telling = hasNumber ? .number(word: word) : .flag(word: word)
            case .inserted(let text, _, _) where hasNumber: telling = .number(word: text)
            case .line where hasNumber && process != nil: telling = .line(process: process!.index)
            case .appended, .inserted, .line, .closed: telling = hasNumber ? .fixed : .nodeOptions
            }
            debugPorts.append(DebugPort(port: port, telling: telling, service: DebugPort.service(of: name)))
        }
    }
}
