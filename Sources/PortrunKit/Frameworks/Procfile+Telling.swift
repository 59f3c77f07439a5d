import PortrunBase

/// What the processes of a Procfile are told.
extension Procfile {
    /// The Procfile with the ports for its processes' servers; nil where nothing in it changes.
    ///
    /// A server gets its flag, its number in the line or its `PORT`, and addresses of the others follow them.
    /// - Parameters:
    ///   - calls: the servers.
    ///   - ports: one for each; nil for one that has its port by itself.
    ///   - debuggers: second ports in its lines, with what each gets.
    func told(
        _ calls: [FrameworkCall], _ ports: [Port?], _ debuggers: [(debug: DebugPort, port: Port?)] = [],
        for owner: FileOwner
    ) -> [UInt8]? {
        var moved: [(from: Port, to: Port)] = []
        for (call, port) in zip(calls, ports) {
            if let port, let own = call.port { moved.append((own, port)) }
        }
        var edits: [(range: Range<Int>, text: String)] = []
        for (index, process) in processes.enumerated() {
            var line = LineEdits(process.line)
            for (call, port) in zip(calls, ports) where call.process == index {
                guard let port else { continue }
                switch call.route {
                case .line(let place, let behind):
                    line.insert((behind + call.framework.words(for: port)).map { " " + $0 }.joined(), at: place)
                case .lineNumber: if let own = call.port { line.replace(own, by: port) }
                case .linePort where !line.isTold: line.tell(port)
                case .none, .fixed, .words, .text, .preload, .variable, .linePort: break
                }
            }
            for (debug, port) in debuggers where debug.telling == .line(process: index) {
                if let port { line.replace(debug.port, by: port) }
            }
            for (from, to) in moved { line.follow(from, to) }
            for edit in line.edits {
                let start = process.range.lowerBound
                edits.append(((start + edit.range.lowerBound)..<(start + edit.range.upperBound), edit.text))
            }
        }
        return edits.isEmpty ? nil : text(edits, for: owner)
    }
}

extension StateFolder {
    /// Where a Procfile is written; its name is that of its content.
    func procfile(of text: [UInt8]) -> String {
        file("Procfile.\(String(MD5.hexadecimal(of: text).prefix(12)))", of: .procfiles)
    }
}
