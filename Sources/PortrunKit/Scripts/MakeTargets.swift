import PortrunBase

/// The targets of a makefile or justfile, as far as a reader who runs nothing can tell which a command makes.
struct MakeTargets {
    private struct Target {
        let names: [String]
        let needed: [String]
        /// Counted from 1.
        let lines: ClosedRange<Int>
    }

    private let targets: [Target]

    init(_ text: [UInt8]) {
        var targets: [Target] = []
        var open: (names: [String], needed: [String], first: Int)?
        let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            guard let first = line.first, first != UInt8(ascii: " "), first != UInt8(ascii: "\t"),
                first != UInt8(ascii: "#"), let colon = line.firstIndex(of: UInt8(ascii: ":")),
                line.dropFirst(colon - line.startIndex + 1).first != UInt8(ascii: "=")
            else { continue }
            if let open { targets.append(Target(names: open.names, needed: open.needed, lines: open.first...index)) }
            let needed = line[(colon + 1)...].prefix { $0 != UInt8(ascii: "#") && $0 != UInt8(ascii: ";") }
            open = (Self.words(line[..<colon]), Self.words(needed), index + 1)
        }
        if let open { targets.append(Target(names: open.names, needed: open.needed, lines: open.first...lines.count)) }
        self.targets = targets
    }

    private static func words(_ bytes: ArraySlice<UInt8>) -> [String] {
        bytes.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
            .map { String(decoding: $0, as: UTF8.self) }
    }

    /// The lines of the targets among `words` and of what they need, and of the first target where none of them is one.
    func lines(madeBy words: [String]) -> [ClosedRange<Int>] {
        var wanted = words.filter { word in targets.contains { $0.names.contains(word) } }
        if wanted.isEmpty, let first = targets.first(where: { $0.names.first?.hasPrefix(".") == false }) {
            wanted = Array(first.names.prefix(1))
        }
        var seen: Set<ExactString> = []
        var lines: [ClosedRange<Int>] = []
        while let name = wanted.popLast() {
            guard seen.insert(ExactString(name)).inserted else { continue }
            for target in targets where target.names.contains(name) {
                lines.append(target.lines)
                wanted += target.needed
            }
        }
        return lines
    }
}
